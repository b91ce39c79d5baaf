package io.espalier.samples.languages;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Exclude;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LabelSmoothing;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.WeightDecay;

/** The same network as {@link BareLanguages}, regularized. */
@Network(input = NgramFeatures.BUCKETS, batch = Languages.BATCH)
@AdamW(learningRate = 2e-3)
@WeightDecay(value = 0.2, exclude = Exclude.BIAS_NORM)
@LabelSmoothing(0.05)
final class RegularizedLanguages {
    @Dropout(p = 0.2)
    Layer spelling;

    @Dense(256)
    @LayerNorm
    @Gelu
    @Dropout(p = 0.2)
    Layer patterns;

    @Dense(256)
    @LayerNorm
    @Gelu
    @Dropout(p = 0.2)
    Layer sounds;

    @Dense(128)
    @LayerNorm
    @Gelu
    @Dropout(p = 0.2)
    Layer families;

    @Dense(Names.LANGUAGES)
    Layer logits;

    private RegularizedLanguages() {}
}
