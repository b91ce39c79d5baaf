package io.espalier.processor.plan;

/** How widths are padded in memory. */
public final class Widths {
    /** Lanes of the widest vector that emitted code uses, 512 bits of floats. */
    private static final int MOST_LANES = 16;

    private Widths() {}

    /** The width of a padded row. */
    public static int stride(int width) {
        return (width + MOST_LANES - 1) & -MOST_LANES;
    }
}
