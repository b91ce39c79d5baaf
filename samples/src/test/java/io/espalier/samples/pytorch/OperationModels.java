package io.espalier.samples.pytorch;

import io.espalier.Layer;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Bias;
import io.espalier.annotation.Block;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Elu;
import io.espalier.annotation.Flatten;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.LeakyRelu;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;
import io.espalier.annotation.Repeat;
import io.espalier.annotation.Residual;
import io.espalier.annotation.RmsNorm;
import io.espalier.annotation.Selu;
import io.espalier.annotation.Sgd;
import io.espalier.annotation.Shortcut;
import io.espalier.annotation.Sigmoid;
import io.espalier.annotation.Silu;
import io.espalier.annotation.Softmax;
import io.espalier.annotation.Tanh;
import io.espalier.annotation.Width;

/** One operation at a time. */
@SuppressWarnings("espalier")
final class OperationModels {
    private OperationModels() {}

    @Network(input = 5)
    @Sgd
    record DenseOnly(@Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record DenseWithoutBias(
            @Dense(value = 17, bias = Bias.OFF) Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record BatchNormOnly(
            @Dense(17) @BatchNorm Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record BatchNormSettings(
            @Dense(value = 17, bias = Bias.ON) @BatchNorm(momentum = 0.3, epsilon = 1e-3)
            Layer hidden,

            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record LayerNormOnly(
            @Dense(17) @LayerNorm Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record LayerNormOfInput(
            @LayerNorm(epsilon = 1e-2) Layer input,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record ReluOnly(@Dense(17) @Relu Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record RmsNormOnly(
            @Dense(17) @RmsNorm Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record RmsNormOfInput(
            @RmsNorm(epsilon = 1e-2) Layer input, @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record LeakyReluOnly(
            @Dense(17) @LeakyRelu Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record LeakyReluSlope(
            @Dense(17) @LeakyRelu(slope = 0.3) Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record EluOnly(@Dense(17) @Elu Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record EluAlpha(
            @Dense(17) @Elu(alpha = 0.6) Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record SeluOnly(@Dense(17) @Selu Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record SiluOnly(@Dense(17) @Silu Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record GeluOnly(@Dense(17) @Gelu Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record TanhOnly(@Dense(17) @Tanh Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record SigmoidOnly(
            @Dense(17) @Sigmoid Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record SoftmaxOnly(
            @Dense(17) @Softmax Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = {2, 3, 2})
    @Sgd
    record FlattenOnly(@Flatten @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record ResidualOnly(
            @Dense(17) Layer hidden,
            @Residual @Dense(17) @Tanh Layer branch,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record Projection(
            @Residual @Dense(17) @Tanh Layer wider,

            @Residual(shortcut = Shortcut.PROJECTION) @Dense(17) @Gelu
            Layer same,

            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record Repeated(
            @Repeat(3) @Residual @Dense(5) @Tanh Layer again,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record Blocks(
            @Residual Mixer first,
            @Repeat(2) @Residual Mixer others,
            @Dense(3) Layer logits) {}

    /** Twice as wide as what comes in, and back. */
    @Block
    record Mixer(
            @LayerNorm @Dense(times = 2) @Gelu Layer expand,
            @Dense(Width.BRANCH) Layer project) {}
}
