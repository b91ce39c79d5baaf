package io.espalier.samples.verification;

import io.espalier.Layer;
import io.espalier.annotation.AlphaDropout;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Bias;
import io.espalier.annotation.Block;
import io.espalier.annotation.Dense;
import io.espalier.annotation.DropPath;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Flatten;
import io.espalier.annotation.GaussianDropout;
import io.espalier.annotation.GaussianNoise;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;
import io.espalier.annotation.Repeat;
import io.espalier.annotation.Residual;
import io.espalier.annotation.Schedule;
import io.espalier.annotation.Shortcut;
import io.espalier.annotation.Sigmoid;
import io.espalier.annotation.Softmax;
import io.espalier.annotation.Tanh;

/** Models at the edges of the language: nothing where something usually is, or several where there is one. */
@SuppressWarnings("espalier")
final class EdgeModels {
    private EdgeModels() {}

    @Network(input = 1)
    record WidthOne(
            @Dense(1) @Tanh Layer hidden,
            @Residual @Dense(1) @Gelu Layer branch,
            @Dense(2) Layer logits) {}

    /** More values than a word of a mask has bits, and more than one panel of weights. */
    @Network(input = 130)
    record Wide(
            @Residual @Dense(100) @LayerNorm @Gelu @Dropout(p = 0.4)
            Layer first,

            @Dense(129) @BatchNorm @Tanh Layer second,
            @Dense(65) Layer logits) {}

    /** Branches without a parameter, before the first and behind the last one. */
    @Network(input = 20)
    @DropPath(p = 0.25, schedule = Schedule.CONSTANT)
    record BareBranches(
            @Residual @Tanh Layer first,
            @Residual @Flatten Layer twice,
            @Dense(7) Layer hidden,
            @Residual @Dropout(p = 0.3) Layer noise,

            @Residual(shortcut = Shortcut.PROJECTION) @Sigmoid
            Layer projected,

            @Residual @Softmax Layer logits) {}

    /** A probability of 0 draws nothing, a tiny one nearly nothing. */
    @Network(input = 20)
    record Probabilities(
            @Dropout(p = 0) @Dense(24) @Tanh Layer none,

            @AlphaDropout(p = 0) @GaussianDropout(p = 0) @GaussianNoise(deviation = 0)
            Layer silent,

            @Dense(24) @Dropout(p = 0.00001) @Gelu Layer few,
            @Dropout(p = 0.75) @Dense(24) @Tanh Layer most,

            @Residual @DropPath(p = 0, schedule = Schedule.CONSTANT) @Dense(24) @Dropout(p = 0.2)
            Layer kept,

            @Dense(7) Layer logits) {}

    /** Norms in a row, and around activations. */
    @Network(input = 20)
    record Norms(
            @LayerNorm @BatchNorm Layer input,
            @Dense(24) @BatchNorm @LayerNorm @Relu Layer both,
            @BatchNorm @Tanh Layer again,
            @LayerNorm @Softmax @BatchNorm Layer shares,
            @Dense(value = 7, bias = Bias.OFF) @LayerNorm Layer logits) {}

    /** A shortcut around shortcuts that start and end together, repeats of one, and blocks of no operation. */
    @Network(input = {3, 4})
    record Joints(
            Nothing before,
            @Repeat(2) @Residual Together together,
            @Repeat(1) @Residual @Dense(12) @Tanh Layer once,
            @Dense(5) Layer logits) {}

    /** Starts with a branch and ends with one. */
    @Block
    record Together(
            @Residual Inner inner,
            @Residual @Dense(12) @Gelu Layer last) {}

    /** As its caller. */
    @Block
    record Inner(
            @Residual @Dense(12) @Tanh Layer first,
            @Residual @Dense(12) @Sigmoid Layer last) {}

    /** Changes the shape only. */
    @Block
    record Nothing(@Flatten Layer flat) {}
}
