package io.espalier.samples.verification;

import io.espalier.Layer;
import io.espalier.annotation.Adam;
import io.espalier.annotation.AlphaDropout;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Block;
import io.espalier.annotation.ClipNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.DropConnect;
import io.espalier.annotation.DropPath;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Elu;
import io.espalier.annotation.GaussianDropout;
import io.espalier.annotation.GaussianNoise;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.L1;
import io.espalier.annotation.L2;
import io.espalier.annotation.LabelSmoothing;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.LeakyRelu;
import io.espalier.annotation.MaxNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;
import io.espalier.annotation.Repeat;
import io.espalier.annotation.Residual;
import io.espalier.annotation.RmsNorm;
import io.espalier.annotation.RmsProp;
import io.espalier.annotation.Selu;
import io.espalier.annotation.Sgd;
import io.espalier.annotation.Sigmoid;
import io.espalier.annotation.Silu;
import io.espalier.annotation.Softmax;
import io.espalier.annotation.Tanh;
import io.espalier.annotation.Width;

/** Small networks in which every operation, optimizer and penalty occurs. */
@SuppressWarnings("espalier")
final class AllocationModels {
    private AllocationModels() {}

    @Network(input = 20)
    @DropPath(p = 0.2)
    @ClipNorm
    @LabelSmoothing
    record Rowwise(
            @Dense(24) @LayerNorm @Gelu @Dropout(p = 0.2) Layer hidden,
            @Repeat(2) @Residual Part parts,
            @Residual @Dense(16) @Sigmoid Layer narrower,
            @Dense(5) Layer logits) {}

    @Network(input = 20)
    record Functions(
            @GaussianNoise @RmsNorm @Dense(24) @LeakyRelu Layer leaky,
            @Dense(24) @RmsNorm @Elu Layer exponential,
            @Dense(24) @Selu @AlphaDropout Layer scaled,
            @Dense(24) @Silu @GaussianDropout Layer swished,
            @Dense(5) Layer logits) {}

    @Block
    record Part(
            @Dense(times = 2) @Tanh @Dropout(p = 0.1) Layer expand,
            @Dense(Width.BRANCH) @DropConnect(p = 0.1) Layer project) {}

    @Network(input = 20)
    @Sgd(momentum = 0.9)
    record Batchwise(
            @Dense(24) @BatchNorm @Relu @Dropout(p = 0.3) Layer hidden,
            @Repeat(2) @Residual Half halves,
            @Dense(8) @Softmax Layer shares,
            @Dense(5) Layer logits) {}

    @Block
    record Half(
            @BatchNorm @Relu @Dense(12) Layer shrink,
            @BatchNorm @Dense(Width.BRANCH) Layer grow) {}

    @Network(input = 20)
    @Adam
    @L1(1e-3)
    @L2(1e-2)
    @MaxNorm(1)
    record WithAdam(@Dense(40) @Relu Layer hidden, @Dense(5) Layer logits) {}

    @Network(input = 20)
    @RmsProp
    @L1(1e-3)
    @L2(1e-2)
    @MaxNorm(1)
    record WithRmsProp(
            @Dense(40) @Relu Layer hidden, @Dense(5) Layer logits) {}

    @Network(input = 20)
    @RmsProp(momentum = 0.9)
    @L1(1e-3)
    @L2(1e-2)
    @MaxNorm(1)
    record WithRmsMomentum(
            @Dense(40) @Relu Layer hidden, @Dense(5) Layer logits) {}

    @Network(input = 20)
    @Sgd(momentum = 0)
    @L1(1e-3)
    @L2(1e-2)
    @MaxNorm(1)
    record WithDescent(
            @Dense(40) @Relu Layer hidden, @Dense(5) Layer logits) {}
}
