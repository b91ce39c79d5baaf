package io.espalier.samples.verification;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.LabelSmoothing;
import io.espalier.annotation.Loss;
import io.espalier.annotation.MonteCarlo;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;
import io.espalier.annotation.Sgd;

/** Networks on which what the documentation claims of regularizers can be measured. */
@SuppressWarnings("espalier")
final class ClaimModels {
    private ClaimModels() {}

    /** Logits that can be anything, for each of ten examples apart. */
    @Network(input = 10)
    @Sgd
    @LabelSmoothing(0.1)
    record Smoothed(@Dense(10) Layer logits) {}

    /** The running statistics are those of the last batch. */
    @Network(input = 64)
    record Dropped10(
            @Dropout(p = 0.1) @BatchNorm(momentum = 1) @Dense(2)
            Layer logits) {}

    @Network(input = 64)
    record Dropped30(
            @Dropout(p = 0.3) @BatchNorm(momentum = 1) @Dense(2)
            Layer logits) {}

    @Network(input = 64)
    record Dropped50(
            @Dropout(p = 0.5) @BatchNorm(momentum = 1) @Dense(2)
            Layer logits) {}

    @Network(input = 64)
    record Cut10(
            @Relu @Dropout(p = 0.1) @BatchNorm(momentum = 1) @Dense(2)
            Layer logits) {}

    @Network(input = 64)
    record Cut30(
            @Relu @Dropout(p = 0.3) @BatchNorm(momentum = 1) @Dense(2)
            Layer logits) {}

    @Network(input = 64)
    record Cut50(
            @Relu @Dropout(p = 0.5) @BatchNorm(momentum = 1) @Dense(2)
            Layer logits) {}

    /** A curve. */
    @Network(input = 1, loss = Loss.MEAN_SQUARED_ERROR)
    @AdamW(learningRate = 0.01)
    @MonteCarlo
    record Curve(
            @Dense(64) @Relu @Dropout(p = 0.1) Layer first,
            @Dense(64) @Relu @Dropout(p = 0.1) Layer second,
            @Dense(1) Layer values) {}

    /** As {@link Curve}, for sampling through a batch norm. */
    @Network(input = 1, loss = Loss.MEAN_SQUARED_ERROR)
    @AdamW(learningRate = 0.01)
    @MonteCarlo
    record NormedCurve(
            @Dense(64) @BatchNorm @Relu Layer first,
            @Dense(64) @BatchNorm @Relu @Dropout(p = 0.1) Layer second,
            @Dense(1) Layer values) {}
}
