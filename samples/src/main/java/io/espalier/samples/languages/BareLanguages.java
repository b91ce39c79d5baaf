package io.espalier.samples.languages;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.WeightDecay;

/** Which language a name is in, from its n-grams: without any regularizer, not even the decay that {@link AdamW} brings. */
@Network(input = NgramFeatures.BUCKETS, batch = Languages.BATCH)
@AdamW(learningRate = 2e-3)
@WeightDecay(0)
final class BareLanguages {
    @Dense(256)
    @LayerNorm
    @Gelu
    Layer spelling;

    @Dense(256)
    @LayerNorm
    @Gelu
    Layer sounds;

    @Dense(128)
    @LayerNorm
    @Gelu
    Layer families;

    @Dense(Names.LANGUAGES)
    Layer logits;

    private BareLanguages() {}
}
