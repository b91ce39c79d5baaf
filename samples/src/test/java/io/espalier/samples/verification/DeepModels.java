package io.espalier.samples.verification;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.AlphaDropout;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Block;
import io.espalier.annotation.ClipNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.DropConnect;
import io.espalier.annotation.DropPath;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Exclude;
import io.espalier.annotation.Flatten;
import io.espalier.annotation.GaussianDropout;
import io.espalier.annotation.GaussianNoise;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LabelSmoothing;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;
import io.espalier.annotation.Repeat;
import io.espalier.annotation.Residual;
import io.espalier.annotation.RmsNorm;
import io.espalier.annotation.Schedule;
import io.espalier.annotation.Selu;
import io.espalier.annotation.Sgd;
import io.espalier.annotation.Shortcut;
import io.espalier.annotation.Sigmoid;
import io.espalier.annotation.Silu;
import io.espalier.annotation.Softmax;
import io.espalier.annotation.Tanh;
import io.espalier.annotation.WeightDecay;
import io.espalier.annotation.Width;

/** Deep networks of many kinds of operations; what the lint says against some of them is not the subject here. */
@SuppressWarnings("espalier")
final class DeepModels {
    private DeepModels() {}

    /** No example sees another. */
    @Network(input = 20)
    @AdamW(learningRate = 0.01)
    @DropPath(p = 0.3)
    @ClipNorm(0.5)
    @LabelSmoothing(0.1)
    record Rowwise(
            @Dense(33) @LayerNorm @Gelu @Dropout(p = 0.2) Layer hidden,
            @Repeat(3) @Residual Mixer mixers,
            @Residual @Dense(24) @Tanh Layer narrower,

            @Repeat(2) @Residual @Dense(24) @Gelu @Dropout(p = 0.1)
            Layer again,

            @Residual(shortcut = Shortcut.PROJECTION) @DropPath(p = 0.25, schedule = Schedule.CONSTANT)
            Mixer projected,

            @Dense(7) Layer logits) {}

    /** Twice as wide as what comes in, and back. */
    @Block
    record Mixer(
            @LayerNorm @Dense(times = 2) @Gelu @Dropout(p = 0.1)
            Layer expand,

            @Dense(Width.BRANCH) @DropConnect(p = 0.1) Layer project) {}

    /** Batch norm in every part. */
    @Network(input = {4, 5})
    @Sgd(learningRate = 0.05, momentum = 0.9, nesterov = true)
    @WeightDecay(value = 0.02, exclude = Exclude.NONE)
    record Batchwise(
            @Flatten @Dense(33) @BatchNorm @Relu @Dropout(p = 0.3)
            Layer hidden,

            @Repeat(3) @Residual Bottleneck bottlenecks,
            @Residual @Dense(17) @BatchNorm @Sigmoid Layer gates,
            @Dropout(p = 0.15) @Dense(20) @Softmax Layer shares,
            @Dense(5) Layer logits) {}

    /** Narrower, and back. */
    @Block
    record Bottleneck(
            @BatchNorm @Relu @Dense(20) Layer shrink,
            @BatchNorm @Tanh @Dense(Width.BRANCH) Layer grow) {}

    /** Blocks within blocks at several widths, batch norm, both kinds of noise, repeats of repeats. */
    @Network(input = 20)
    @AdamW
    @DropPath(p = 0.2)
    @LabelSmoothing(0.05)
    record Nested(
            @BatchNorm @Dense(20) @Gelu Layer first,
            @Repeat(2) @Residual Outer wide,
            @Dense(7) @Tanh Layer neck,
            Outer narrow,
            @Repeat(2) Outer again,

            @BatchNorm @Relu @Dense(33) @LayerNorm @Dropout(p = 0.25)
            Layer last,

            @Dense(3) Layer logits) {}

    /** Residual branches of blocks, one of them repeated with a drop path of its own. */
    @Block
    record Outer(
            @Residual Mixer mixer,
            @Repeat(2) @Residual @DropPath(p = 0.35) Bottleneck bottlenecks,
            @Dense(Width.SAME) @BatchNorm @Gelu Layer blend) {}

    /** Weights so large that threads share their outputs: in a block, in a repeat, as a projection, beside a batch norm. */
    @Network(input = 20)
    @AdamW
    @DropPath(p = 0.2)
    record Wide(
            @Dense(512) @LayerNorm @Gelu @Dropout(p = 0.1) Layer first,
            @Repeat(2) @Residual WideBranch branches,

            @Residual @Dense(520) @BatchNorm @Tanh Layer wider,

            @Residual(shortcut = Shortcut.PROJECTION) @Dense(520) @Gelu
            Layer projected,

            @Dense(3) Layer logits) {}

    /** A wide operation with others around it. */
    @Block
    record WideBranch(@LayerNorm @Dense(Width.SAME) @Gelu Layer inner) {}

    /** Deep, narrow, with a shortcut around every stage and one around all of them. */
    @Network(input = 12)
    @DropPath(p = 0.4)
    record Deep(@Residual Tower tower, @LayerNorm @Dense(4) Layer logits) {}

    /** Many floors. */
    @Block
    record Tower(
            @Repeat(24) @Residual @LayerNorm @Dense(Width.BRANCH) @Tanh
            Layer floors) {}

    /** Noise of every kind, in a repeated stage too. */
    @Network(input = 20)
    record Noisy(
            @GaussianNoise @Dense(70) @Selu @AlphaDropout Layer first,

            @Repeat(2) @Residual @Dense(70) @RmsNorm @Silu @GaussianDropout
            Layer again,

            @Dense(7) Layer logits) {}
}
