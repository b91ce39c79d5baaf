package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * Dropout and max-norm as first published: p = 0.2 on the input, 0.5 on hidden units: Srivastava et al., Dropout
 * (2014).
 */
@Network(input = 784)
@Sgd(learningRate = 0.1, momentum = 0.95)
@MaxNorm(2)
final class DropoutMnist {
    @Dropout(p = 0.2) Layer pixels;
    @Dense(1024) @Relu @Dropout(p = 0.5) Layer first;
    @Dense(1024) @Relu @Dropout(p = 0.5) Layer second;
    @Dense(1024) @Relu @Dropout(p = 0.5) Layer third;
    @Dense(10) Layer logits;
}
