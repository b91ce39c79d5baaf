package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * Logistic regression on the 30 features of Wisconsin's breast cancer data, with the ridge penalty: Cox (1958); Hoerl
 * & Kennard (1970).
 */
@Network(input = 30, loss = Loss.BINARY_CROSS_ENTROPY, examples = 569)
@Sgd(learningRate = 0.1)
@L2(1e-3)
final class BreastCancer {
    @Dense(1) Layer malignant;
}
