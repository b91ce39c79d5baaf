package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** Noise is added to what the network is to give back clean: Vincent et al., Stacked denoising autoencoders (2010). */
@Network(input = 784, loss = Loss.MEAN_SQUARED_ERROR)
@Adam
final class DenoisingAutoencoder {
    @GaussianNoise(deviation = 0.5) @Dense(512) @Relu Layer encode;
    @Dense(64) @Relu Layer code;
    @Dense(512) @Relu Layer decode;
    @Dense(784) Layer pixels;
}
