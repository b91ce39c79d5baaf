package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * The 784-800-800-10 network with masks on the weights: Wan et al., Regularization of neural networks using
 * DropConnect (2013).
 */
@Network(input = {28, 28})
@Sgd(learningRate = 0.1)
final class DropConnectMnist {
    @Flatten Layer pixels;
    @DropConnect(p = 0.5) @Dense(800) @Relu Layer first;
    @DropConnect(p = 0.5) @Dense(800) @Relu Layer second;
    @Dense(10) Layer logits;
}
