package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * Eight layers of 20 tanhs from place and time to a field: Raissi, Perdikaris & Karniadakis, Physics-informed neural
 * networks (2019).
 */
@Network(input = 2, loss = Loss.MEAN_SQUARED_ERROR)
@Adam(learningRate = 1e-3)
final class PhysicsInformed {
    @Dense(20) @Tanh Layer first;
    @Repeat(7) @Dense(20) @Tanh Layer hidden;
    @Dense(1) Layer field;
}
