package io.espalier.samples.verification;

import io.espalier.Layer;
import io.espalier.annotation.AlphaDropout;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Bias;
import io.espalier.annotation.Block;
import io.espalier.annotation.Dense;
import io.espalier.annotation.DropConnect;
import io.espalier.annotation.DropPath;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Elu;
import io.espalier.annotation.Flatten;
import io.espalier.annotation.GaussianDropout;
import io.espalier.annotation.GaussianNoise;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LabelSmoothing;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.LeakyRelu;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;
import io.espalier.annotation.Repeat;
import io.espalier.annotation.Residual;
import io.espalier.annotation.RmsNorm;
import io.espalier.annotation.Schedule;
import io.espalier.annotation.Selu;
import io.espalier.annotation.Shortcut;
import io.espalier.annotation.Sigmoid;
import io.espalier.annotation.Silu;
import io.espalier.annotation.Softmax;
import io.espalier.annotation.Tanh;
import io.espalier.annotation.Width;

/** One operation at a time, with no more around it than it takes to have a gradient on both sides. */
final class OperationModels {
    private OperationModels() {}

    @Network(input = 20)
    record DenseOnly(@Dense(7) Layer logits) {}

    @Network(input = 33)
    @SuppressWarnings("espalier:MissingNonlinearity")
    record DenseWithoutBias(
            @Dense(value = 40, bias = Bias.OFF) Layer hidden,
            @Dense(7) Layer logits) {}

    @Network(input = 20)
    @SuppressWarnings("espalier:MissingNonlinearity")
    record BatchNormOnly(
            @Dense(33) @BatchNorm Layer hidden, @Dense(7) Layer logits) {}

    @Network(input = 20)
    @SuppressWarnings({"espalier:MissingNonlinearity", "espalier:RedundantBias"})
    record BatchNormAfterBias(
            @Dense(value = 33, bias = Bias.ON) @BatchNorm(momentum = 0.3, epsilon = 1e-3)
            Layer hidden,

            @Dense(7) Layer logits) {}

    @Network(input = 20)
    record BatchNormOfInput(
            @BatchNorm Layer input, @Dense(7) Layer logits) {}

    @Network(input = 20)
    record BatchNormLast(@Dense(7) @BatchNorm Layer logits) {}

    @Network(input = 20)
    record LayerNormOnly(
            @Dense(33) @LayerNorm Layer hidden, @Dense(7) Layer logits) {}

    @Network(input = 20)
    record LayerNormOfInput(
            @LayerNorm(epsilon = 1e-2) Layer input,
            @Dense(7) Layer logits) {}

    @Network(input = 20)
    record RmsNormOnly(
            @Dense(33) @RmsNorm Layer hidden, @Dense(7) Layer logits) {}

    @Network(input = 20)
    record RmsNormOfInput(
            @RmsNorm(epsilon = 1e-2) Layer input, @Dense(7) Layer logits) {}

    @Network(input = 20)
    record ReluOnly(@Dense(33) @Relu Layer hidden, @Dense(7) Layer logits) {}

    @Network(input = 20)
    record LeakyReluOnly(
            @Dense(33) @LeakyRelu(slope = 0.2) Layer hidden,
            @LeakyRelu @Dense(7) Layer logits) {}

    @Network(input = 20)
    record EluOnly(@Dense(33) @Elu Layer hidden, @Dense(7) Layer logits) {}

    @Network(input = 20)
    record EluOfAlpha(
            @Dense(33) @Elu(alpha = 0.3) Layer hidden,
            @Dense(7) Layer logits) {}

    @Network(input = 20)
    record SeluOnly(@Dense(33) @Selu Layer hidden, @Dense(7) Layer logits) {}

    @Network(input = 20)
    record SiluOnly(@Dense(33) @Silu Layer hidden, @Dense(7) Layer logits) {}

    @Network(input = 20)
    record GeluOnly(@Dense(33) @Gelu Layer hidden, @Dense(7) Layer logits) {}

    @Network(input = 20)
    record TanhOnly(@Dense(33) @Tanh Layer hidden, @Dense(7) Layer logits) {}

    @Network(input = 20)
    record SigmoidOnly(
            @Dense(33) @Sigmoid Layer hidden, @Dense(7) Layer logits) {}

    @Network(input = 20)
    record DropConnectOnly(
            @Dense(70) @DropConnect(p = 0.3) @Tanh Layer hidden,

            @DropConnect(p = 0.6) @Dense(value = 33, bias = Bias.OFF) @LayerNorm
            Layer narrower,

            @DropConnect(p = 0.1) @Dense(7) Layer logits) {}

    @Network(input = 20)
    record SoftmaxOnly(
            @Dense(33) @Softmax Layer hidden, @Dense(7) Layer logits) {}

    @Network(input = {4, 3, 5})
    record FlattenOnly(@Flatten @Dense(7) Layer logits) {}

    @Network(input = 20)
    @SuppressWarnings("espalier:MissingNonlinearity")
    record DropoutOnly(
            @Dense(70) @Dropout(p = 0.3) Layer hidden,
            @Dense(7) Layer logits) {}

    @Network(input = 20)
    record AlphaDropoutOnly(
            @Dense(70) @Selu @AlphaDropout(p = 0.3) Layer hidden,
            @Dense(7) Layer logits) {}

    @Network(input = 20)
    @SuppressWarnings("espalier:MissingNonlinearity")
    record GaussianDropoutOnly(
            @Dense(90) @GaussianDropout(p = 0.3) Layer hidden,
            @Dense(7) Layer logits) {}

    @Network(input = 20)
    record GaussianNoiseOnly(
            @GaussianNoise(deviation = 0.5) @Dense(70) @Tanh Layer hidden,

            @GaussianNoise @Dense(7) Layer logits) {}

    @Network(input = 20)
    @SuppressWarnings({"espalier:AlphaDropoutWithoutSelu", "espalier:ConsecutiveDropout"})
    record NoiseInRepeats(
            @Repeat(2) @Residual @Dense(20) @Silu @GaussianDropout @GaussianNoise @AlphaDropout
            Layer again,

            @Dense(7) Layer logits) {}

    @Network(input = 20)
    record DropoutOfInput(@Dropout(p = 0.2) @Dense(7) Layer logits) {}

    @Network(input = 20)
    record ResidualIdentity(
            @Dense(33) Layer hidden,
            @Residual @Dense(Width.SAME) @Tanh Layer branch,
            @Dense(7) Layer logits) {}

    @Network(input = 20)
    record ResidualOfInput(
            @Residual @Dense(Width.BRANCH) @Gelu Layer branch,
            @Dense(7) Layer logits) {}

    @Network(input = 20)
    record ResidualProjection(
            @Dense(33) Layer hidden,
            @Residual @Dense(24) @Tanh Layer narrower,

            @Residual(shortcut = Shortcut.PROJECTION) @Dense(24) @Gelu
            Layer same,

            @Dense(7) Layer logits) {}

    @Network(input = 20)
    @DropPath(p = 0.4, schedule = Schedule.CONSTANT)
    record DropPathConstant(
            @Residual @Dense(20) @Tanh Layer first,
            @Residual @Dense(33) @Tanh Layer second,
            @Dense(7) Layer logits) {}

    @Network(input = 20)
    @DropPath(p = 0.5)
    record DropPathLinear(
            @Residual @Dense(20) @Tanh Layer first,
            @Residual @Dense(20) @Tanh Layer second,

            @Residual @DropPath(p = 0.3, schedule = Schedule.CONSTANT) @Dense(20) @Tanh
            Layer own,

            @Residual @Dense(20) @Tanh Layer third,
            @Dense(7) Layer logits) {}

    @Network(input = 20)
    record RepeatedStage(
            @Repeat(3) @Dense(20) @Tanh Layer again,
            @Dense(7) Layer logits) {}

    @Network(input = 20)
    record RepeatedResidual(
            @Repeat(4) @Residual @Dense(20) @LayerNorm @Gelu Layer again,
            @Dense(7) Layer logits) {}

    @Network(input = 20)
    record BlockAtWidths(
            @Residual Mixer first,
            @Dense(33) Layer wider,
            @Repeat(2) @Residual Mixer second,
            @Dense(5) @Relu Layer narrower,
            Widener third,
            @Residual Widener fourth,
            @Residual Mixer fifth,
            @Dense(7) Layer logits) {}

    /** Twice as wide as what comes in, and back. */
    @Block
    record Mixer(
            @LayerNorm @Dense(times = 2) @Gelu Layer expand,
            @Dense(Width.BRANCH) Layer project) {}

    /** Twice as wide as what comes in. */
    @Block
    record Widener(
            @Dense(times = 2) @Tanh Layer expand, @LayerNorm Layer norm) {}

    @Network(input = 20)
    @LabelSmoothing(0.1)
    record Smoothed(@Dense(24) @Tanh Layer hidden, @Dense(7) Layer logits) {}

    @Network(input = 20)
    record TwoClasses(
            @Dense(24) @Tanh Layer hidden, @Dense(2) Layer logits) {}
}
