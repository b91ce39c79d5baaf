package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * 54 residual blocks, the last of which survives half of the steps: Huang et al., Deep networks with stochastic depth
 * (2016).
 */
@Network(input = 192, examples = 45000, batch = 128)
@Sgd(learningRate = 0.1, nesterov = true)
@WeightDecay(1e-4)
@DropPath(p = 0.5, schedule = Schedule.LINEAR)
final class StochasticDepth {
    @Dense(128) @BatchNorm @Relu Layer stem;
    @Repeat(54) Unit units;
    @Dense(100) Layer logits;

    @Block
    static final class Unit {
        @Residual Branch branch;
        @Relu Layer sum;
    }

    @Block
    static final class Branch {
        @Dense(128) @BatchNorm @Relu Layer first;
        @Dense(128) @BatchNorm Layer second;
    }
}
