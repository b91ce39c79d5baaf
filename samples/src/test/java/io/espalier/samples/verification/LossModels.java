package io.espalier.samples.verification;

import io.espalier.Layer;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LabelSmoothing;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.Loss;
import io.espalier.annotation.Network;
import io.espalier.annotation.Sgd;
import io.espalier.annotation.Tanh;

/** A network for each loss, and more than one width. */
final class LossModels {
    private LossModels() {}

    @Network(input = 20, loss = Loss.BINARY_CROSS_ENTROPY)
    record Labels(
            @Dense(24) @LayerNorm @Gelu @Dropout(p = 0.2) Layer hidden,
            @Dense(19) Layer logits) {}

    @Network(input = 20, loss = Loss.BINARY_CROSS_ENTROPY)
    @Sgd
    record OneLabel(
            @Dense(24) @BatchNorm @Tanh Layer hidden,
            @Dense(1) Layer logits) {}

    @Network(input = 20, loss = Loss.MEAN_SQUARED_ERROR)
    record Values(
            @Dense(24) @LayerNorm @Gelu @Dropout(p = 0.2) Layer hidden,
            @Dense(3) Layer values) {}

    @Network(input = 20, loss = Loss.MEAN_SQUARED_ERROR)
    @Sgd
    record OneValue(
            @Dense(24) @BatchNorm @Tanh Layer hidden,
            @Dense(1) Layer value) {}

    @Network(input = 20)
    record Classes(@Dense(24) @Tanh Layer hidden, @Dense(5) Layer logits) {}

    @Network(input = 20)
    @LabelSmoothing(0.2)
    record SmoothedClasses(
            @Dense(24) @Tanh Layer hidden, @Dense(5) Layer logits) {}
}
