package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** A quarter of the pixels of black and white pictures is set to zero and given back: Vincent et al. (2010). */
@Network(input = {28, 28}, loss = Loss.BINARY_CROSS_ENTROPY)
@Adam(learningRate = 1e-3)
final class MaskingAutoencoder {
    @Flatten @Dropout(p = 0.25) Layer corrupted;
    @Dense(1000) @Sigmoid Layer code;
    @Dense(784) Layer pixels;
}
