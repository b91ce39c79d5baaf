package io.espalier.metric;

import java.util.Arrays;
import java.util.Objects;

/**
 * Gathers the values that a network answered, example by example, and turns them into {@link RegressionScores}. Memory is
 * a few numbers per output. Not thread-safe; gather apart and {@link #merge}. Merging the same parts in the same order
 * gives the same bits; another order may change the last ones.
 *
 * <p>The targets' spread is taken about their running mean, by Welford's update ("Note on a method for calculating
 * corrected sums of squares and products", 1962) and by that of Chan, Golub and LeVeque ("Updating formulae and a pairwise
 * algorithm for computing sample variances", 1979) for merging, so that it stands next to a mean of any size.
 */
public final class Regression {
    private final double[] means;
    private final double[] spreads;
    private final double[] absoluteErrors;
    private final double[] squaredErrors;
    private long examples;

    /**
     * An accumulator without examples.
     *
     * @param outputs the number of values of one answer, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public Regression(int outputs) {
        if (outputs < 1) {
            throw new IllegalArgumentException("Scores need at least one output, but outputs is " + outputs);
        }
        means = new double[outputs];
        spreads = new double[outputs];
        absoluteErrors = new double[outputs];
        squaredErrors = new double[outputs];
    }

    /**
     * Adds an example.
     *
     * @param expected holds the targets
     * @param expectedFrom where those of this example begin
     * @param answers holds what the network answered
     * @param answersFrom where the answers to this example begin
     * @throws IndexOutOfBoundsException if an array ends before the last output
     * @throws IllegalArgumentException if a target or answer is not finite, naming the output; the example then does not
     *     count
     */
    public void add(float[] expected, int expectedFrom, float[] answers, int answersFrom) {
        int outputs = means.length;
        Objects.checkFromIndexSize(expectedFrom, outputs, expected.length);
        Objects.checkFromIndexSize(answersFrom, outputs, answers.length);
        for (int o = 0; o < outputs; o++) {
            requireFinite("target", o, expected[expectedFrom + o]);
            requireFinite("answer", o, answers[answersFrom + o]);
        }
        examples++;
        for (int o = 0; o < outputs; o++) {
            double target = expected[expectedFrom + o];
            double before = target - means[o];
            means[o] += before / examples;
            spreads[o] += before * (target - means[o]);
            double error = answers[answersFrom + o] - target;
            absoluteErrors[o] += Math.abs(error);
            squaredErrors[o] += error * error;
        }
    }

    private static void requireFinite(String what, int output, float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException(
                    "The " + what + " of output " + output + " is " + value + ", which is not a finite number");
        }
    }

    /**
     * Adds all that another accumulator has gathered.
     *
     * @param other of the same number of outputs; left as it is
     * @throws IllegalArgumentException if the numbers of outputs differ
     */
    public void merge(Regression other) {
        if (other.means.length != means.length) {
            throw new IllegalArgumentException(
                    "Scores over " + other.means.length + " outputs cannot be merged into scores over " + means.length);
        }
        long together = examples + other.examples;
        if (together == 0) {
            return;
        }
        double share = (double) other.examples / together;
        for (int o = 0; o < means.length; o++) {
            double difference = other.means[o] - means[o];
            means[o] += difference * share;
            spreads[o] += other.spreads[o] + difference * difference * share * examples;
            absoluteErrors[o] += other.absoluteErrors[o];
            squaredErrors[o] += other.squaredErrors[o];
        }
        examples = together;
    }

    /** Forgets all examples. */
    public void clear() {
        Arrays.fill(means, 0);
        Arrays.fill(spreads, 0);
        Arrays.fill(absoluteErrors, 0);
        Arrays.fill(squaredErrors, 0);
        examples = 0;
    }

    /**
     * The scores of the examples so far.
     *
     * @return a snapshot that later examples do not change
     * @throws IllegalStateException if there is no example yet
     */
    public RegressionScores scores() {
        if (examples == 0) {
            throw new IllegalStateException("There are no scores without an example; add(…) some first");
        }
        return new RegressionScores(examples, spreads.clone(), absoluteErrors.clone(), squaredErrors.clone());
    }
}
