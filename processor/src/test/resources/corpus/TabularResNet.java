package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * The ResNet for tables, with its layer norm: Gorishniy et al., Revisiting deep learning models for tabular data
 * (2021).
 */
@Network(input = 8, loss = Loss.MEAN_SQUARED_ERROR)
@AdamW(learningRate = 3e-4)
@WeightDecay(1e-4)
final class TabularResNet {
    @Dense(256) Layer first;
    @Repeat(4) @Residual ResNetBlock blocks;
    @LayerNorm @Relu @Dense(1) Layer price;

    @Block
    static final class ResNetBlock {
        @LayerNorm @Dense(times = 2) @Relu @Dropout(p = 0.25) Layer expand;
        @Dense(Width.BRANCH) @Dropout(p = 0.1) Layer project;
    }
}
