package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * The small policy of continuous control, its actions squashed: Lillicrap et al., Continuous control with deep
 * reinforcement learning (2016).
 */
@Network(input = 17, loss = Loss.MEAN_SQUARED_ERROR)
@Adam(learningRate = 1e-4)
final class Actor {
    @Dense(400) @LayerNorm @Relu Layer first;
    @Dense(300) @LayerNorm @Relu Layer second;
    @Dense(6) @Tanh Layer actions;
}
