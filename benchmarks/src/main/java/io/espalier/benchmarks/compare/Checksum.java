package io.espalier.benchmarks.compare;

/** A number for a whole result, so that engines can be compared by what they compute without sending it. */
final class Checksum {
    /** Weights of places run from 1 to this prime, which no width of a row is a multiple of. */
    private static final int PLACES = 13;

    private Checksum() {}

    /**
     * A weighted sum of absolute values. Nothing cancels, so that its relative error is about that of a value; the place and
     * the sign of a value count as well, a negative one double.
     *
     * @param values the result, row-major
     * @return the sum
     */
    static double of(float[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double size = values[i] < 0 ? -2.0 * values[i] : values[i];
            sum += (1 + i % PLACES) * size;
        }
        return sum;
    }
}
