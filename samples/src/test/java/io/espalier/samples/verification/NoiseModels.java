package io.espalier.samples.verification;

import io.espalier.Layer;
import io.espalier.annotation.AlphaDropout;
import io.espalier.annotation.Bias;
import io.espalier.annotation.Block;
import io.espalier.annotation.Dense;
import io.espalier.annotation.DropConnect;
import io.espalier.annotation.DropPath;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.GaussianDropout;
import io.espalier.annotation.GaussianNoise;
import io.espalier.annotation.Network;
import io.espalier.annotation.Repeat;
import io.espalier.annotation.Residual;
import io.espalier.annotation.Schedule;
import io.espalier.annotation.Width;

/** Networks that, with weights set to copy, put the factors of their noise into their outputs. */
final class NoiseModels {
    private NoiseModels() {}

    /** With the identity as weight: the input, dropped. */
    @Network(input = 70)
    record Dropped(
            @Dropout(p = 0.3) @Dense(value = 70, bias = Bias.OFF)
            Layer copy) {}

    /** With the identity as weight: the input, multiplied. */
    @Network(input = 70)
    record Multiplied(
            @GaussianDropout(p = 0.2) @Dense(value = 70, bias = Bias.OFF)
            Layer copy) {}

    /** With the identity as weight: the input, disturbed. */
    @Network(input = 70)
    record Disturbed(
            @GaussianNoise(deviation = 0.5) @Dense(value = 70, bias = Bias.OFF)
            Layer copy) {}

    /** With the identity as weight: the input, dropped to SELU's limit. */
    @Network(input = 70)
    record AlphaDropped(
            @AlphaDropout(p = 0.3) @Dense(value = 70, bias = Bias.OFF)
            Layer copy) {}

    /** With examples that each have one input of 1, and weights of 1: the factors of the weights. */
    @Network(input = 70)
    record Connected(
            @Dense(value = 70, bias = Bias.OFF) @DropConnect(p = 0.3)
            Layer sums) {}

    /** Every branch may copy the dropped first 32 values to a place of its own. */
    @Network(input = 128)
    @SuppressWarnings("espalier:MissingNonlinearity")
    record DroppedBranches(
            @Residual Noisy first,
            @Repeat(2) @Residual Noisy others,
            @Dense(value = 128, bias = Bias.OFF) Layer copy) {}

    /** Dropout with no more before it. */
    @Block
    @SuppressWarnings("espalier:MissingNonlinearity")
    record Noisy(
            @Dropout(p = 0.5) @Dense(value = Width.BRANCH, bias = Bias.OFF)
            Layer copy) {}

    /** Every branch may copy the first value to a place of its own. */
    @Network(input = 6)
    @DropPath(p = 0.5)
    @SuppressWarnings("espalier:MissingNonlinearity")
    record Linear(
            @Residual @Dense(value = 6, bias = Bias.OFF) Layer first,

            @Repeat(3) @Residual @Dense(value = 6, bias = Bias.OFF)
            Layer others,

            @Residual @Dense(value = 6, bias = Bias.OFF) Layer last,
            @Dense(value = 6, bias = Bias.OFF) Layer copy) {}

    /** As {@link Linear}, at one rate. */
    @Network(input = 6)
    @DropPath(p = 0.2, schedule = Schedule.CONSTANT)
    @SuppressWarnings("espalier:MissingNonlinearity")
    record Constant(
            @Residual @Dense(value = 6, bias = Bias.OFF) Layer first,

            @Repeat(3) @Residual @Dense(value = 6, bias = Bias.OFF)
            Layer others,

            @Residual @Dense(value = 6, bias = Bias.OFF) Layer last,
            @Dense(value = 6, bias = Bias.OFF) Layer copy) {}
}
