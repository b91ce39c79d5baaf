package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * The first residual blocks, whose ReLU stands behind the sum: He et al., Deep residual learning for image
 * recognition (2016).
 */
@Network(input = 128)
@Sgd(learningRate = 0.1)
@L2(1e-4)
final class PostActivation {
    @Dense(256) @BatchNorm @Relu Layer stem;
    @Repeat(6) Unit units;
    @Dense(10) Layer logits;

    @Block
    static final class Unit {
        @Residual Branch branch;
        @Relu Layer sum;
    }

    @Block
    static final class Branch {
        @Dense(256) @BatchNorm @Relu Layer first;
        @Dense(256) @BatchNorm Layer second;
    }
}
