package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * A teacher and a student as nested models: Hinton, Vinyals & Dean, Distilling the knowledge in a neural network
 * (2015).
 */
final class TwoModels {
    static final int PIXELS = 784;

    @Network(input = PIXELS)
    @Sgd(learningRate = 0.1)
    @MaxNorm(15)
    static final class Teacher {
        @Dense(1200) @Relu @Dropout(p = 0.5) Layer first;
        @Dense(1200) @Relu @Dropout(p = 0.5) Layer second;
        @Dense(10) Layer logits;
    }

    @Network(input = PIXELS)
    @Sgd(learningRate = 0.1)
    record Student(
            @Dense(800) @Relu Layer first,
            @Dense(800) @Relu Layer second,
            @Dense(10) Layer logits) {}
}
