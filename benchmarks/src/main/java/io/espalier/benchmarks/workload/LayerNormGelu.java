package io.espalier.benchmarks.workload;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.ClipNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LabelSmoothing;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.Network;

/** A small network of the kind that stands in a larger program: row-wise normalization, no dropout. */
@Network(input = 128)
@AdamW(learningRate = 3e-4)
@ClipNorm(Recipe.CLIP_NORM)
@LabelSmoothing(Recipe.SMOOTHING)
final class LayerNormGelu {
    @Dense(256)
    @LayerNorm
    @Gelu
    Layer first;

    @Dense(256)
    @LayerNorm
    @Gelu
    Layer second;

    @Dense(128)
    @LayerNorm
    @Gelu
    Layer third;

    @Dense(10)
    Layer logits;
}
