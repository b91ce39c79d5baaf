package io.espalier.samples.pytorch;

import io.espalier.Layer;
import io.espalier.annotation.AlphaDropout;
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
import io.espalier.annotation.Selu;
import io.espalier.annotation.Sgd;
import io.espalier.annotation.Tanh;

/** One kind of noise at a time. */
@SuppressWarnings("espalier")
final class NoiseModels {
    private NoiseModels() {}

    @Network(input = 5)
    @Sgd
    record DropoutOnly(
            @Dense(70) @Dropout(p = 0.3) Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    @DropPath(p = 0.2, schedule = Schedule.CONSTANT)
    record DropoutInRepeats(
            @Repeat(3) @Residual @Dense(5) @Tanh @Dropout(p = 0.25)
            Layer again,

            @Dropout(p = 0.1) @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    @DropPath(p = 0.5)
    record DropPathLinear(
            @Residual @Dense(5) @Tanh Layer first,
            @Repeat(3) @Residual @Dense(5) @Tanh Layer others,
            @Residual @Dense(5) @Tanh Layer last,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    @DropPath(p = 0.2, schedule = Schedule.CONSTANT)
    record DropPathConstant(
            @Residual @Dense(5) @Tanh Layer first,

            @Residual @DropPath(p = 0.6, schedule = Schedule.CONSTANT) @Dense(5) @Tanh
            Layer own,

            @Residual @Dense(5) @Tanh Layer last,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record DropConnectOnly(
            @Dense(70) @DropConnect(p = 0.4) @Tanh Layer hidden,
            @Dense(3) @DropConnect(p = 0.2) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record AlphaDropoutOnly(
            @Dense(17) @Selu @AlphaDropout(p = 0.2) Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record GaussianDropoutOnly(
            @Dense(70) @GaussianDropout(p = 0.3) Layer hidden,
            @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    record GaussianNoiseOnly(
            @Dense(17) @GaussianNoise(deviation = 0.5) Layer hidden,
            @Dense(3) Layer logits) {}
}
