package io.espalier.samples.xray;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Flatten;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;
import io.espalier.annotation.Repeat;
import io.espalier.annotation.Residual;
import io.espalier.annotation.WeightDecay;

/** Whether a chest X-ray shows pneumonia: with batch norm, but without any regularizer. */
@Network(
        input = {28, 28},
        examples = Xray.TRAINING_PICTURES,
        batch = Xray.BATCH)
@AdamW
@WeightDecay(0)
final class BareXray {
    @Flatten
    @Dense(64)
    Layer stem;

    @Repeat(4)
    @Residual
    Branch branches;

    @BatchNorm
    @Relu
    @Dense(Xray.CLASSES)
    Layer logits;

    private BareXray() {}
}
