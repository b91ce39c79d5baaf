package io.espalier.kernel;

/** The slice: consecutive rows of the global batch that are the unit of row-parallel work and of partial sums. */
public final class Slices {

    /** Rows in every slice but the last, which may be shorter. */
    public static final int ROWS = 16;

    private Slices() {}

    /**
     * The number of slices of a batch.
     *
     * @param rows rows of the batch, at least 0
     * @return how many slices cover them
     */
    public static int count(int rows) {
        return (rows + ROWS - 1) / ROWS;
    }
}
