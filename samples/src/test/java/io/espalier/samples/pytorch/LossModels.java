package io.espalier.samples.pytorch;

import io.espalier.Layer;
import io.espalier.annotation.Dense;
import io.espalier.annotation.LabelSmoothing;
import io.espalier.annotation.Loss;
import io.espalier.annotation.Network;
import io.espalier.annotation.Sgd;
import io.espalier.annotation.Tanh;

/** One loss at a time. */
@SuppressWarnings("espalier")
final class LossModels {
    private LossModels() {}

    @Network(input = 5)
    @Sgd
    record CrossEntropy(
            @Dense(6) @Tanh Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    @LabelSmoothing(0.1)
    record Smoothed(@Dense(6) @Tanh Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = 5)
    @Sgd
    @LabelSmoothing(0.2)
    record SmoothedMore(
            @Dense(6) @Tanh Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = 5, loss = Loss.BINARY_CROSS_ENTROPY)
    @Sgd
    record BinaryCrossEntropy(
            @Dense(6) @Tanh Layer hidden, @Dense(3) Layer logits) {}

    @Network(input = 5, loss = Loss.MEAN_SQUARED_ERROR)
    @Sgd
    record MeanSquaredError(
            @Dense(6) @Tanh Layer hidden, @Dense(3) Layer logits) {}
}
