package io.espalier.samples.tabular;

import io.espalier.Layer;
import io.espalier.annotation.Block;
import io.espalier.annotation.Dense;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LayerNorm;

/** The same as {@link BareBody}, with dropout. */
@Block
final class RegularizedBody {
    @Dense(64)
    @LayerNorm
    @Gelu
    @Dropout(p = 0.3)
    Layer columns;

    @Dense(64)
    @LayerNorm
    @Gelu
    @Dropout(p = 0.3)
    Layer combinations;

    private RegularizedBody() {}
}
