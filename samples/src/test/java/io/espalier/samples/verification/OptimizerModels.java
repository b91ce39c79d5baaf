package io.espalier.samples.verification;

import io.espalier.Layer;
import io.espalier.annotation.Adam;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.Bias;
import io.espalier.annotation.Block;
import io.espalier.annotation.ClipNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.DropConnect;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Exclude;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.L1;
import io.espalier.annotation.L2;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.MaxNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.Repeat;
import io.espalier.annotation.Residual;
import io.espalier.annotation.RmsProp;
import io.espalier.annotation.Sgd;
import io.espalier.annotation.Tanh;
import io.espalier.annotation.WeightDecay;
import io.espalier.annotation.Width;

/** Every optimizer, with penalties that the lint would rather not see together. */
@SuppressWarnings("espalier")
final class OptimizerModels {
    private OptimizerModels() {}

    @Network(input = 20)
    @Adam(learningRate = 0.01)
    @WeightDecay(value = 0.02, exclude = Exclude.NONE)
    @L1(1e-3)
    @L2(1e-2)
    @MaxNorm(1)
    @ClipNorm
    record WithAdam(Stack stack, @Dense(5) Layer logits) {}

    @Network(input = 20)
    @RmsProp
    @WeightDecay(value = 0.02, exclude = Exclude.BIAS_NORM_EMBEDDING)
    @L1(1e-3)
    @L2(1e-2)
    @MaxNorm(1)
    record WithRmsProp(Stack stack, @Dense(5) Layer logits) {}

    @Network(input = 20)
    @RmsProp(momentum = 0.9)
    @WeightDecay(value = 0.02, exclude = Exclude.NORM)
    @L1(1e-3)
    @L2(1e-2)
    @MaxNorm(1)
    record WithRmsMomentum(Stack stack, @Dense(5) Layer logits) {}

    @Network(input = 20)
    @Sgd(nesterov = true)
    @L1(1e-3)
    @L2(1e-2)
    @MaxNorm(1)
    record WithDescent(Stack stack, @Dense(5) Layer logits) {}

    /** Weights that are transposed, that are not, and that are masked, of a repeat and of a shortcut, of more than one panel. */
    @Block
    record Stack(
            @Dense(70) @LayerNorm @Gelu @Dropout(p = 0.1) Layer hidden,
            @Repeat(2) @Residual Part parts,
            @Residual @DropConnect(p = 0.2) @Dense(33) @Tanh Layer narrower) {}

    @Block
    record Part(
            @LayerNorm @Dense(24) @Gelu Layer shrink,
            @Dense(Width.BRANCH) Layer back) {}

    @Network(input = 20)
    @Sgd(learningRate = 0.1, momentum = 0)
    @L2(0.3)
    record Coupled(
            @Dense(24) @LayerNorm @Gelu Layer hidden,
            @Dense(5) Layer logits) {}

    @Network(input = 20)
    @Sgd(learningRate = 0.1, momentum = 0)
    @WeightDecay(0.3)
    record Decoupled(
            @Dense(24) @LayerNorm @Gelu Layer hidden,
            @Dense(5) Layer logits) {}

    @Network(input = 20)
    @Sgd(learningRate = 0.5, momentum = 0)
    @L1(0.04)
    record Sparse(@Dense(3) Layer logits) {}

    /** Outputs that are the weights themselves where the input is 1, so that the gradients of weights are given from outside. */
    @Network(input = 1)
    @Adam
    @L2(0.1)
    record AdamWithL2(@Dense(value = 512, bias = Bias.OFF) Layer weights) {}

    /** As {@link AdamWithL2}. */
    @Network(input = 1)
    @AdamW
    @WeightDecay(0.1)
    record AdamWithDecay(
            @Dense(value = 512, bias = Bias.OFF) Layer weights) {}
}
