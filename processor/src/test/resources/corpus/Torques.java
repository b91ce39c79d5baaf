package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** Seven torques of a robot's arm at once: the SARCOS data of Vijayakumar & Schaal (2000). */
@Network(input = 21, loss = Loss.MEAN_SQUARED_ERROR)
@RmsProp(learningRate = 1e-3, momentum = 0.9)
@ClipNorm
final class Torques {
    @Dense(200) @Silu Layer first;
    @Dense(200) @Silu Layer second;
    @Dense(7) Layer torques;
}
