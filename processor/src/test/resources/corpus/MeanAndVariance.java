package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * A mean and the logarithm of a variance, for a loss of one's own: Nix & Weigend, Estimating the mean and variance of
 * the target (1994).
 */
@Network(input = 6, loss = Loss.MEAN_SQUARED_ERROR)
@Adam(learningRate = 1e-3)
@ClipNorm(10)
final class MeanAndVariance {
    @Dense(64) @Tanh Layer first;
    @Dense(64) @Tanh Layer second;
    @Dense(2) Layer meanAndLogVariance;
}
