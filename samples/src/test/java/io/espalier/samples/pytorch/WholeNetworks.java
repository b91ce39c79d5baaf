package io.espalier.samples.pytorch;

import io.espalier.Layer;
import io.espalier.annotation.AdamW;
import io.espalier.annotation.ClipNorm;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LabelSmoothing;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.WeightDecay;

/** Whole networks, with everything on. */
@SuppressWarnings("espalier")
final class WholeNetworks {
    private WholeNetworks() {}

    /** Three stages of normalization, GELU and dropout. */
    @Network(input = 12)
    @AdamW
    @WeightDecay(0.05)
    @LabelSmoothing(0.1)
    @ClipNorm(1)
    record Classifier(
            @Dense(24) @LayerNorm @Gelu @Dropout(p = 0.3) Layer first,
            @Dense(24) @LayerNorm @Gelu @Dropout(p = 0.3) Layer second,
            @Dense(16) @LayerNorm @Gelu @Dropout(p = 0.3) Layer third,
            @Dense(4) Layer logits) {}
}
