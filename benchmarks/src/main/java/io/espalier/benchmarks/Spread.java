package io.espalier.benchmarks;

import java.util.Arrays;

/**
 * What was measured in several rounds.
 *
 * @param median the middle one
 * @param low a tenth of the rounds lies below
 * @param high a tenth of the rounds lies above
 */
public record Spread(double median, double low, double high) {

    /**
     * Measurements of the same thing.
     *
     * @param values one for each round, at least one
     * @return their spread
     */
    public static Spread of(double[] values) {
        return new Spread(quantile(values, 0.5), quantile(values, 0.1), quantile(values, 0.9));
    }

    /**
     * Divides round by round, so that what slows the machine in a round slows both sides.
     *
     * @param numerators one for each round
     * @param denominators as many
     * @return the spread of the quotients
     */
    public static Spread ofQuotients(double[] numerators, double[] denominators) {
        if (numerators.length != denominators.length || numerators.length == 0) {
            throw new IllegalArgumentException(
                    numerators.length + " rounds cannot be divided by " + denominators.length + " rounds");
        }
        double[] quotients = new double[numerators.length];
        for (int i = 0; i < quotients.length; i++) {
            quotients[i] = numerators[i] / denominators[i];
        }
        return of(quotients);
    }

    /**
     * A quantile, interpolated between neighbours.
     *
     * @param values at least one, in any order
     * @param share 0 for the least to 1 for the greatest
     * @return the value below which that share lies
     */
    public static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
