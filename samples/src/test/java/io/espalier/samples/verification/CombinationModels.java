package io.espalier.samples.verification;

import io.espalier.Layer;
import io.espalier.annotation.Adam;
import io.espalier.annotation.AlphaDropout;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Block;
import io.espalier.annotation.Dense;
import io.espalier.annotation.DropConnect;
import io.espalier.annotation.DropPath;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Elu;
import io.espalier.annotation.Exclude;
import io.espalier.annotation.GaussianDropout;
import io.espalier.annotation.GaussianNoise;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.L1;
import io.espalier.annotation.L2;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.LeakyRelu;
import io.espalier.annotation.Loss;
import io.espalier.annotation.MaxNorm;
import io.espalier.annotation.MonteCarlo;
import io.espalier.annotation.Network;
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

/** Operations in company: what each does to the loops, buffers and streams of the others. */
@SuppressWarnings("espalier")
final class CombinationModels {
    private CombinationModels() {}

    /** Noise of every kind and every norm around a wide product, in a branch whose projection is wide too. */
    @Network(input = 500)
    @DropPath(p = 0.3, schedule = Schedule.CONSTANT)
    @MonteCarlo
    record BehindWide(
            @Residual @Dense(530) @DropConnect(p = 0.3) @BatchNorm @Silu @GaussianNoise @RmsNorm @Elu
            Layer wide,

            @RmsNorm @GaussianDropout @Dense(24) Layer narrow,
            @Repeat(2) @Residual Part parts,
            @Dense(5) Layer logits) {}

    /** Noise of every kind and both norms over features in repeated branches, projected ones within. */
    @Network(input = 20)
    @DropPath(p = 0.3)
    @MonteCarlo
    record InRepeats(
            @Dense(24) @Selu @AlphaDropout(p = 0.2) Layer first,
            @Repeat(3) @Residual Part parts,

            @Repeat(2)
            @Residual(shortcut = Shortcut.PROJECTION)
            @Dense(24)
            @DropConnect(p = 0.2)
            @RmsNorm
            @Selu
            @AlphaDropout
            @GaussianNoise
            Layer projected,

            @Residual(shortcut = Shortcut.PROJECTION) @GaussianDropout(p = 0.2) @Softmax @GaussianNoise
            Layer shares,

            @Gelu @Dropout(p = 0.2) @Dense(5) @DropConnect(p = 0.1)
            Layer logits) {}

    /** Narrower, and back: a projected branch within the branch. */
    @Block
    record Part(
            @RmsNorm @Dense(12) @DropConnect(p = 0.25) @Selu @AlphaDropout(p = 0.2)
            Layer shrink,

            @Residual @GaussianNoise(deviation = 0.2) @Dense(17) @Elu(alpha = 0.5) @GaussianDropout
            Layer inner,

            @LeakyRelu @Dense(Width.BRANCH) @Silu @Dropout(p = 0.1)
            Layer back) {}

    /** Two batch norms in a residual branch of independent labels. */
    @Network(input = 20, loss = Loss.BINARY_CROSS_ENTROPY)
    @MonteCarlo
    record Labels(
            @Dense(33) @BatchNorm @LeakyRelu @GaussianDropout
            Layer hidden,

            @Residual Twice twice,

            @Dense(3) @BatchNorm Layer logits) {}

    /** What one stage cannot hold. */
    @Block
    record Twice(
            @Dense(24) @BatchNorm @GaussianNoise Layer first,
            @BatchNorm @Sigmoid Layer second) {}

    /** Batch norm in front of, in and behind the branches of a regression. */
    @Network(input = 20, loss = Loss.MEAN_SQUARED_ERROR)
    @MonteCarlo
    @DropPath(p = 0.3)
    record Values(
            @BatchNorm @GaussianNoise Layer input,
            @Dense(24) @BatchNorm @Elu Layer hidden,

            @Repeat(2) @Residual @Dense(24) @DropConnect(p = 0.2) @BatchNorm @Silu
            Layer branches,

            @BatchNorm @AlphaDropout @Dense(1) Layer value) {}

    /** Activation functions and noise with no product between them, so that one loop holds many. */
    @Network(input = 20)
    record Crowded(
            @Dense(33) @Gelu @GaussianDropout @Silu @Dropout(p = 0.1) @Tanh @GaussianNoise @Selu @AlphaDropout
            Layer first,

            @Silu @RmsNorm @Elu @LayerNorm @Gelu @Sigmoid @LeakyRelu
            Layer second,

            @Dense(5) Layer logits) {}

    /** Norms alone: there is no weight for the penalties to reach. */
    @Network(input = 20)
    @Adam
    @WeightDecay(value = 0.1, exclude = Exclude.NONE)
    @L1(0.1)
    @L2(0.1)
    @MaxNorm(0.1)
    record NormsOnly(@RmsNorm @Tanh Layer scaled, @LayerNorm Layer logits) {}

    /** As {@link NormsOnly}, but nothing decays. */
    @Network(input = 20)
    @Adam
    @MaxNorm(0.1)
    record NormsWithoutDecay(
            @RmsNorm @Tanh Layer scaled, @LayerNorm Layer logits) {}

    /** Units of wide weights, of less than a vector of outputs, and of a single input. */
    @Network(input = 530)
    @Sgd(learningRate = 0.5, momentum = 0)
    @MaxNorm(0.7)
    record Limited(
            @Dense(520) @Tanh Layer wide,
            @Dense(1) @Tanh Layer one,
            @Dense(3) @DropConnect(p = 0.1) @Tanh Layer three,
            @Dense(16) Layer logits) {}
}
