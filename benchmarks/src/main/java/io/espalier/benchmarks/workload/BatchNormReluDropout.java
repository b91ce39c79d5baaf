package io.espalier.benchmarks.workload;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;

/** A wide network, whose time goes into matrix products and the optimizer: batch normalization, with dropout. */
@Network(input = 784)
@AdamW
@SuppressWarnings("espalier") // the dropout that the lint warns of is what is to be measured
final class BatchNormReluDropout {
    @Dense(1024)
    @BatchNorm
    @Relu
    @Dropout(p = 0.5)
    Layer first;

    @Dense(1024)
    @BatchNorm
    @Relu
    @Dropout(p = 0.5)
    Layer second;

    @Dense(10)
    Layer logits;
}
