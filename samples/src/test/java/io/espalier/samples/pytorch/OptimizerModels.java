package io.espalier.samples.pytorch;

import io.espalier.Layer;
import io.espalier.annotation.Adam;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.ClipNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Exclude;
import io.espalier.annotation.L1;
import io.espalier.annotation.L2;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.MaxNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.RmsProp;
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

    @Network(input = 5)
    @Adam
    record AdamDefault(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Adam
    @WeightDecay(0.5)
    record AdamDecay(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Adam
    @L2(0.1)
    record AdamL2(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @RmsProp
    record RmsPropDefault(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @RmsProp(alpha = 0.9, epsilon = 1e-3, momentum = 0.8)
    record RmsPropMomentum(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @RmsProp
    @WeightDecay(0.5)
    @L2(0.05)
    record RmsPropDecay(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    @L1(0.2)
    record L1Only(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Adam
    @L1(0.5)
    record L1Adam(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    @L2(0.1)
    record L2Only(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    @MaxNorm(0.8)
    record MaxNormOnly(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd(nesterov = true)
    @WeightDecay(0.1)
    @L1(0.1)
    @L2(0.05)
    @MaxNorm(0.5)
    @ClipNorm(0.2)
    record AllPenalties(
            @Dense(17) @LayerNorm @Tanh Layer hidden,
            @Dense(3) Layer logits) {}
}
