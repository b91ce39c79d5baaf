package io.espalier.samples.verification;

import io.espalier.Layer;
import io.espalier.annotation.AlphaDropout;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Block;
import io.espalier.annotation.Dense;
import io.espalier.annotation.DropConnect;
import io.espalier.annotation.DropPath;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Flatten;
import io.espalier.annotation.GaussianDropout;
import io.espalier.annotation.GaussianNoise;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.MonteCarlo;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;
import io.espalier.annotation.Repeat;
import io.espalier.annotation.Residual;
import io.espalier.annotation.RmsNorm;
import io.espalier.annotation.Schedule;
import io.espalier.annotation.Silu;
import io.espalier.annotation.Softmax;
import io.espalier.annotation.Tanh;
import io.espalier.annotation.Width;

/** Networks that work on each position of a sequence or a picture. */
@SuppressWarnings("espalier")
final class PositionModels {
    private PositionModels() {}

    @Network(input = {7, 5})
    @MonteCarlo
    record Sequence(
            @Dense(6) @LayerNorm @Gelu @Dropout(p = 0.3) Layer tokens,
            @Flatten @Dense(3) Layer logits) {}

    /** Channels that fill whole vectors: what is flattened is a view. */
    @Network(input = {3, 4, 6})
    @MonteCarlo
    record Picture(
            @Dense(16) @BatchNorm @Relu Layer pixels,

            @Residual @GaussianDropout(p = 0.2) @Dense(16) Layer branch,

            @Flatten @Dense(4) @Tanh Layer whole,
            @Dense(3) Layer logits) {}

    /** More positions than a slice has rows. */
    @Network(input = {20, 3})
    @DropPath(p = 0.3, schedule = Schedule.CONSTANT)
    @MonteCarlo
    record Long(
            @GaussianNoise @Dense(5) @RmsNorm @Silu Layer first,
            @Repeat(2) @Residual Mixer mixers,
            @Residual @Dense(18) @BatchNorm Layer wider,
            @Flatten @LayerNorm @Dense(3) Layer logits) {}

    @Block
    record Mixer(
            @LayerNorm @Dense(times = 2) @Gelu @Dropout(p = 0.25)
            Layer expand,

            @Dense(Width.BRANCH) Layer project) {}

    /** Elementwise operations before anything needs positions: an example is one row there. */
    @Network(input = {4, 8})
    @MonteCarlo
    record Noisy(
            @Dropout(p = 0.2) @Tanh @Dense(5) @Softmax Layer first,

            @AlphaDropout(p = 0.2) @DropConnect(p = 0.3) @Dense(6)
            Layer second,

            @Flatten @Dense(3) Layer logits) {}

    /** Rows of a batch beyond a leaf of the sums, which is then a tree of its own. */
    @Network(input = {40, 2})
    record Many(
            @Dense(4) @BatchNorm @Tanh Layer pixels,
            @Flatten @Dense(2) Layer logits) {}
}
