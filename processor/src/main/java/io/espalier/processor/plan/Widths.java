package io.espalier.processor.plan;

/** How widths are padded in memory. */
public final class Widths {
    /** Lanes of the widest vector that emitted code uses, 512 bits of floats. */
    private static final int MOST_LANES = 16;

    private Widths() {}

    /** Words of 64 bits that hold a bit for each value of a row. */
    static int words(int width) {
        return (width + Long.SIZE - 1) / Long.SIZE;
    }

    /** Places of a row of normal draws, of which a vector's lanes and as many others are made together. */
    static int draws(int width) {
        return (width + 2 * MOST_LANES - 1) & -2 * MOST_LANES;
    }

    /** The width of a padded row. */
    public static int stride(int width) {
        return (width + MOST_LANES - 1) & -MOST_LANES;
    }
}
