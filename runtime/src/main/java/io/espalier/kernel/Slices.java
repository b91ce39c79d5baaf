package io.espalier.kernel;

/**
 * The slice: consecutive examples of the global batch that are the unit of parallel work and of partial sums. An example has one
 * row or, where its values have positions, a row for each of them; a slice has at most {@value #ROWS} rows, or one example.
 */
public final class Slices {

    /** Rows in every slice but the last, which may be shorter, where an example is one row. */
    public static final int ROWS = 16;

    private Slices() {}

    /**
     * The examples of a slice.
     *
     * @param positions rows of an example, at least 1
     * @return the largest power of two whose rows are at most {@value #ROWS}, at least 1
     */
    public static int examples(int positions) {
        return Integer.highestOneBit(Math.max(1, ROWS / positions));
    }

    /**
     * The rows of a slice.
     *
     * @param positions rows of an example, at least 1
     * @return {@code positions} times its examples
     */
    public static int rows(int positions) {
        return examples(positions) * positions;
    }

    /**
     * The number of slices of a batch.
     *
     * @param examples examples of the batch, at least 0
     * @param positions rows of an example, at least 1
     * @return how many slices cover them
     */
    public static int count(int examples, int positions) {
        return Math.ceilDiv(examples, examples(positions));
    }
}
