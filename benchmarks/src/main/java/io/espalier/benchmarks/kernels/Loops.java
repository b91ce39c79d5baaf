package io.espalier.benchmarks.kernels;

import io.espalier.Layer;
import io.espalier.annotation.BatchNorm;
import io.espalier.annotation.Dropout;
import io.espalier.annotation.Gelu;
import io.espalier.annotation.LayerNorm;
import io.espalier.annotation.Network;
import io.espalier.annotation.Relu;
import io.espalier.annotation.Repeat;

/**
 * The loops that the processor emits for what follows a product, without the product and its bias. Each is run several
 * times in a pass, so that taking the input hardly counts; with 64 rows all buffers still fit a second-level cache of 2 MB.
 */
@SuppressWarnings({"espalier:DropoutOnOutput", "espalier:DropoutBeforeBatchNorm"}) // they are timed, not trained
final class Loops {
    /** How often a pass runs the loops. */
    static final int REPEATS = 8;

    /** Features of a row. */
    static final int FEATURES = 256;

    private Loops() {}

    /** Draws a mask and applies it; backward, applies it again. */
    @Network(input = FEATURES)
    static final class Masked {
        @Repeat(REPEATS)
        @Dropout(p = 0.3)
        Layer loops;
    }

    /** As in {@link Recipe#W1}. */
    @Network(input = FEATURES)
    static final class LayerNormed {
        @Repeat(REPEATS)
        @LayerNorm
        @Gelu
        @Dropout(p = 0.3)
        Layer loops;
    }

    /** As in {@link Recipe#W2}. */
    @Network(input = FEATURES)
    static final class BatchNormed {
        @Repeat(REPEATS)
        @BatchNorm
        @Relu
        @Dropout(p = 0.3)
        Layer loops;
    }
}
