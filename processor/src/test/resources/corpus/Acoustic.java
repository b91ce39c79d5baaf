package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * Frames of speech to states, with leaky rectifiers: Maas, Hannun & Ng, Rectifier nonlinearities improve acoustic
 * models (2013).
 */
@Network(input = {15, 23})
@Sgd(learningRate = 0.01, momentum = 0.9, nesterov = true)
final class Acoustic {
    @Flatten @Dense(512) @LeakyRelu Layer first;
    @Repeat(3) @Dense(512) @LeakyRelu(slope = 0.01) Layer hidden;
    @Dense(900) Layer states;
}
