package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** Any number of 103 topics a text: Nam et al., Large-scale multi-label text classification (2014). */
@Network(input = 5000, loss = Loss.BINARY_CROSS_ENTROPY)
@Adam(learningRate = 1e-3)
@ClipNorm(5)
final class ManyLabels {
    @Dense(1000) @Relu @Dropout(p = 0.5) Layer hidden;
    @Dense(103) Layer topics;
}
