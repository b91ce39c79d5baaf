package io.espalier.samples.fashion;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.ClipNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Exclude;
import io.espalier.annotation.Flatten;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LabelSmoothing;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.WeightDecay;

/** The same network as {@link BareFashion}, regularized. */
@Network(
        input = {28, 28},
        examples = Fashion.TRAINING_PICTURES,
        batch = Fashion.BATCH)
@AdamW(learningRate = 2e-3)
@WeightDecay(value = 0.2, exclude = Exclude.BIAS_NORM)
@LabelSmoothing(0.1)
@ClipNorm(1)
final class RegularizedFashion {
    @Flatten
    @Dense(256)
    @LayerNorm
    @Gelu
    @Dropout(p = 0.3)
    Layer edges;

    @Dense(256)
    @LayerNorm
    @Gelu
    @Dropout(p = 0.3)
    Layer shapes;

    @Dense(128)
    @LayerNorm
    @Gelu
    @Dropout(p = 0.3)
    Layer garments;

    @Dense(Fashion.CLASSES)
    Layer logits;

    private RegularizedFashion() {}
}
