package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * Groups of residual units, a residual branch around each: Zhang et al., Residual networks of residual networks
 * (2018).
 */
@Network(input = 32)
@AdamW(learningRate = 1e-3)
@DropPath(p = 0.3)
record Groups(@Dense(96) Layer stem, @Repeat(3) @Residual Group groups, @LayerNorm @Dense(5) Layer logits) {
    @Block
    record Group(@Repeat(4) @Residual Unit units) {}

    @Block
    record Unit(@LayerNorm @Dense(times = 2) @Silu Layer expand, @Dense(Width.BRANCH) Layer project) {}
}
