package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * A sparse classifier of bags of words: the L1 penalty as a proximal step: Tibshirani (1996); Duchi & Singer (2009).
 */
@Network(input = 2000)
@Sgd(learningRate = 0.05)
@L1(1e-4)
final class SparseText {
    @Dense(64) @Relu Layer hidden;
    @Dense(20) Layer logits;
}
