package corpus;

import io.espalier.Layer;
import io.espalier.annotation.*;

/**
 * One bottleneck block at three widths, from stage to stage through a projection: He et al. (2016); Zagoruyko &
 * Komodakis (2016).
 */
@Network(input = 64)
@AdamW
@WeightDecay
@DropPath(p = 0.2)
final class Widths {
    @Repeat(2) @Residual Bottleneck narrow;
    @Residual(shortcut = Shortcut.PROJECTION) Doubling wider;
    @Repeat(2) @Residual Bottleneck middle;
    @Residual Doubling widest;
    @Repeat(2) @Residual Bottleneck wide;
    @LayerNorm @Dense(12) Layer logits;

    @Block
    static final class Bottleneck {
        @LayerNorm @Dense(16) @Relu Layer squeeze;
        @Dense(Width.BRANCH) Layer restore;
    }

    @Block
    static final class Doubling {
        @LayerNorm @Dense(times = 2) @Relu Layer grow;
        @Dense(Width.SAME) Layer mix;
    }
}
