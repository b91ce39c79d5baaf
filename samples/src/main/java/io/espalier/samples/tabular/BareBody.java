package io.espalier.samples.tabular;

import io.espalier.Layer;
import io.espalier.annotation.Block;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LayerNorm;

/** What the networks without regularizers have in common, whatever comes in. */
@Block
final class BareBody {
    @Dense(64)
    @LayerNorm
    @Gelu
    Layer columns;

    @Dense(64)
    @LayerNorm
    @Gelu
    Layer combinations;

    private BareBody() {}
}
