package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * Eight hidden layers of 128 ELUs: Clevert, Unterthiner & Hochreiter, Fast and accurate deep network learning by ELUs
 * (2016).
 */
@Network(input = 784)
@Sgd(learningRate = 0.01, momentum = 0)
final class EluMnist {
    @Dense(128) @Elu Layer first;
    @Repeat(7) @Dense(128) @Elu(alpha = 1) Layer hidden;
    @Dense(10) Layer logits;
}
