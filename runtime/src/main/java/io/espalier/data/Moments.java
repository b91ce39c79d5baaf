package io.espalier.data;

/**
 * The mean and the standard deviation of numbers, value by value: Welford, "Note on a method for calculating corrected sums
 * of squares and products", 1962.
 */
final class Moments {
    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
    }

    double mean() {
        return mean;
    }

    /** Over all values, not one less; 1 where all are equal, so that one can divide by it. */
    double deviation() {
        double deviation = Math.sqrt(squares / count);
        return deviation > 0 ? deviation : 1;
    }
}
