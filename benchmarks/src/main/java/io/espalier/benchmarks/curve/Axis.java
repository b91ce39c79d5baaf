package io.espalier.benchmarks.curve;

import java.util.Locale;

/** What grows from one point to the next. */
enum Axis {
    /** Layers. */
    DEPTH,
    /** Values of a layer. */
    WIDTH,
    /** Examples of a step. */
    BATCH,
    /** Weights, with few examples: their update counts. */
    PARAMETERS;

    /** {@return what it is called in tables} */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
