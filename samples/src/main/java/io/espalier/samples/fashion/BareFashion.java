package io.espalier.samples.fashion;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Flatten;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.WeightDecay;

/** What a picture shows: without any regularizer, not even the decay that {@link AdamW} brings. */
@Network(
        input = {28, 28},
        examples = Fashion.TRAINING_PICTURES,
        batch = Fashion.BATCH)
@AdamW(learningRate = 2e-3)
@WeightDecay(0)
final class BareFashion {
    @Flatten
    @Dense(256)
    @LayerNorm
    @Gelu
    Layer edges;

    @Dense(256)
    @LayerNorm
    @Gelu
    Layer shapes;

    @Dense(128)
    @LayerNorm
    @Gelu
    Layer garments;

    @Dense(Fashion.CLASSES)
    Layer logits;

    private BareFashion() {}
}
