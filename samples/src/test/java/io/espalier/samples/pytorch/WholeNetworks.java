package io.espalier.samples.pytorch;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Block;
import io.espalier.annotation.ClipNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.DropPath;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Elu;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.L1;
import io.espalier.annotation.LabelSmoothing;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.Loss;
import io.espalier.annotation.MaxNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;
import io.espalier.annotation.Repeat;
import io.espalier.annotation.Residual;
import io.espalier.annotation.RmsNorm;
import io.espalier.annotation.RmsProp;
import io.espalier.annotation.Sgd;
import io.espalier.annotation.Silu;
import io.espalier.annotation.Tanh;
import io.espalier.annotation.WeightDecay;
import io.espalier.annotation.Width;

/** Whole networks, with everything on. */
@SuppressWarnings("espalier")
final class WholeNetworks {
    private WholeNetworks() {}

    /** Three stages of normalization, GELU and dropout. */
    @Network(input = 12)
    @AdamW
    @WeightDecay(0.05)
    @LabelSmoothing(0.1)
    @ClipNorm(1)
    record Classifier(
            @Dense(24) @LayerNorm @Gelu @Dropout(p = 0.3) Layer first,
            @Dense(24) @LayerNorm @Gelu @Dropout(p = 0.3) Layer second,
            @Dense(16) @LayerNorm @Gelu @Dropout(p = 0.3) Layer third,
            @Dense(4) Layer logits) {}

    /** Batch norm before each product, drop path that rises with depth, a projection. */
    @Network(input = 12)
    @Sgd(nesterov = true)
    @WeightDecay(0.05)
    @L1(0.01)
    @ClipNorm(0.25)
    @DropPath(p = 0.3)
    record ResidualNet(
            @Dense(20) @BatchNorm @Relu Layer stem,
            @Repeat(3) @Residual Bottleneck blocks,
            @Residual @Dense(12) @Tanh Layer narrower,
            @BatchNorm @Relu @Dense(4) Layer logits) {}

    /** Narrower, and back. */
    @Block
    record Bottleneck(
            @BatchNorm @Relu @Dense(10) Layer shrink,

            @BatchNorm @Relu @Dense(Width.BRANCH) @Dropout(p = 0.1)
            Layer grow) {}

    /** Values instead of classes. */
    @Network(input = 8, loss = Loss.MEAN_SQUARED_ERROR)
    @RmsProp(momentum = 0.9, epsilon = 1e-3)
    @WeightDecay(0.1)
    @MaxNorm(1.2)
    @ClipNorm
    record Regression(
            @Dense(20) @RmsNorm @Elu Layer first,

            @Repeat(2) @Residual @RmsNorm @Dense(20) @Silu @Dropout(p = 0.2)
            Layer again,

            @Dense(2) Layer values) {}
}
