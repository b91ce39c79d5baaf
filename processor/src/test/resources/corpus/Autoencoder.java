package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * The deep autoencoder with a linear code of 30 numbers: Hinton & Salakhutdinov, Reducing the dimensionality of data
 * with neural networks (2006).
 */
@Network(input = 784, loss = Loss.MEAN_SQUARED_ERROR)
@Adam(learningRate = 1e-3)
final class Autoencoder {
    @Dense(1000) @Sigmoid Layer encode1;
    @Dense(500) @Sigmoid Layer encode2;
    @Dense(250) @Sigmoid Layer encode3;
    @Dense(30) Layer code;
    @Dense(250) @Sigmoid Layer decode3;
    @Dense(500) @Sigmoid Layer decode2;
    @Dense(1000) @Sigmoid Layer decode1;
    @Dense(784) @Sigmoid Layer pixels;
}
