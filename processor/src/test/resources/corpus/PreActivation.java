package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/** Residual branches of batch norm, ReLU and weights: He et al., Identity mappings in deep residual networks (2016). */
@Network(input = 128)
@Sgd(learningRate = 0.1, momentum = 0.9, nesterov = true)
@WeightDecay(1e-4)
final class PreActivation {
    @Dense(256) Layer stem;
    @Repeat(9) @Residual Branch branches;
    @BatchNorm @Relu Layer end;
    @Dense(10) Layer logits;

    @Block
    static final class Branch {
        @BatchNorm @Relu @Dense(256) Layer first;
        @BatchNorm @Relu @Dense(256) Layer second;
    }
}
