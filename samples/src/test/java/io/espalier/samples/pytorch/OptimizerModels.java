package io.espalier.samples.pytorch;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.ClipNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Exclude;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.Sgd;
import io.espalier.annotation.Tanh;
import io.espalier.annotation.WeightDecay;

/** One optimizer or penalty at a time. */
@SuppressWarnings("espalier")
final class OptimizerModels {
    private OptimizerModels() {}

    @Network(input = 5)
    @Sgd(momentum = 0)
    record SgdPlain(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record SgdMomentum(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd(nesterov = true)
    record SgdNesterov(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd(nesterov = true)
    @WeightDecay(0.2)
    record SgdDecay(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @AdamW
    record AdamWDefault(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @AdamW(beta1 = 0.8, beta2 = 0.95, epsilon = 1e-4)
    @WeightDecay(0.3)
    record AdamWSettings(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @AdamW
    @WeightDecay(value = 0.5, exclude = Exclude.NONE)
    record AdamWDecayOfAll(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @AdamW
    @WeightDecay(value = 0.5, exclude = Exclude.BIAS)
    record AdamWDecayButBias(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @AdamW
    @WeightDecay(value = 0.5, exclude = Exclude.NORM)
    record AdamWDecayButNorm(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    @ClipNorm(0.1)
    record ClipNormReached(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd(momentum = 0)
    @ClipNorm(100)
    record ClipNormUnreached(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}
}
