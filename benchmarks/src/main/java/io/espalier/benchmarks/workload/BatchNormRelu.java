package io.espalier.benchmarks.workload;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;

/** A wide network, whose time goes into matrix products and the optimizer: batch normalization, no dropout. */
@Network(input = 784)
@AdamW
final class BatchNormRelu {
    @Dense(1024)
    @BatchNorm
    @Relu
    Layer first;

    @Dense(1024)
    @BatchNorm
    @Relu
    Layer second;

    @Dense(10)
    Layer logits;
}
