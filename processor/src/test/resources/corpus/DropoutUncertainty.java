package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * Dropout before every weight matrix, kept for prediction: Gal & Ghahramani, Dropout as a Bayesian approximation
 * (2016).
 */
@Network(input = 13, loss = Loss.MEAN_SQUARED_ERROR, examples = 506)
@Adam(learningRate = 1e-3)
@WeightDecay(1e-4)
@MonteCarlo
final class DropoutUncertainty {
    @Dropout(p = 0.05) @Dense(50) @Relu Layer first;
    @Dropout(p = 0.05) @Dense(50) @Relu Layer second;
    @Dropout(p = 0.05) @Dense(1) Layer value;
}
