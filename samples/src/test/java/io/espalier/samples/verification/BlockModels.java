package io.espalier.samples.verification;

import io.espalier.Layer;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Block;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Flatten;
import io.espalier.annotation.Network;
import io.espalier.annotation.Repeat;
import io.espalier.annotation.Residual;
import io.espalier.annotation.Sigmoid;
import io.espalier.annotation.Tanh;
import io.espalier.annotation.Width;

/** Blocks from which examples leave longer or shorter than they came, and blocks that hand on what enters them. */
@SuppressWarnings("espalier")
final class BlockModels {
    private BlockModels() {}

    @Network(input = 12)
    record Widths(
            @Dense(40) @Tanh Layer first,
            Narrow narrow,
            Wide wide,
            Narrow again,
            @Repeat(2) @Residual Normed normed,
            Widened widened,
            @Dense(3) Layer logits) {}

    /** In one phase each way: what passes between the blocks lies in tiles. */
    @Network(input = 12)
    record Tiled(
            @Dense(40) @Tanh Layer first,
            Shrunk shrunk,
            Widened widened,
            Shrunk again,
            @Dense(3) Layer logits) {}

    @Network(input = {5, 7})
    record Flattened(
            @Dense(9) @Tanh Layer tokens,
            Head head,
            @Dense(3) Layer logits) {}

    /** Channels that fill whole vectors: nothing is copied. */
    @Network(input = {5, 7})
    record Viewed(
            @Dense(16) @Tanh Layer tokens,
            Head head,
            @Dense(3) Layer logits) {}

    @Block
    record Narrow(@Dense(20) @BatchNorm @Tanh Layer narrow) {}

    @Block
    record Wide(@Dense(52) @BatchNorm Layer wide) {}

    @Block
    record Widened(@Dense(50) @Sigmoid Layer wide) {}

    @Block
    record Shrunk(@Dense(7) @Tanh Layer small) {}

    @Block
    record Normed(@BatchNorm @Tanh @Dense(Width.SAME) Layer normed) {}

    @Block
    record Head(Flat flat) {}

    @Block
    record Flat(@Flatten Layer flat) {}
}
