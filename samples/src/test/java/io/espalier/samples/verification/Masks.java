package io.espalier.samples.verification;

import io.espalier.random.Philox;
import io.espalier.random.Purpose;

/**
 * The random factors of a training step, worked out from the documented counters one element at a time: sixteen bits of a
 * Philox block decide, and what is kept is scaled by the probability that the threshold of 16 bits realizes.
 *
 * @param seed the training's seed, the cipher's key
 * @param step updates made before
 * @param firstRow where the batch's first row stands in the global batch
 */
record Masks(long seed, int step, int firstRow) {
    private static final int DRAWS = 65_536;

    static int threshold(double p) {
        return (int) Math.min(DRAWS - 1, Math.round(p * DRAWS));
    }

    /** The probability of dropping that the threshold realizes. */
    static double realized(double p) {
        return (double) threshold(p) / DRAWS;
    }

    /** What kept values are multiplied with: a float, because that is what the design computes with. */
    static double scale(double p) {
        return (float) (1 / (1 - realized(p)));
    }

    /** The factors of a dropout: 0 or the scale for each element. */
    double[][] elements(int stream, int rows, int width, double p) {
        double[][] factors = new double[rows][width];
        int groups = (width + 63) / 64;
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < width; j++) {
                int counter = ((firstRow + row) * groups + j / 64) * 8 + j % 8;
                int half = j / 8 % 8;
                int word = block(counter, stream)[half / 2];
                int draw = (half % 2 == 0 ? word : word >>> 16) & 0xFFFF;
                factors[row][j] = draw >= threshold(p) ? scale(p) : 0;
            }
        }
        return factors;
    }

    /** The factors of a drop connect, {@code [in][out]}: one mask for the whole batch, wherever its rows stand. */
    double[][] weights(int stream, int in, int out, double p) {
        return new Masks(seed, step, 0).elements(stream, in, out, p);
    }

    /** The factors of a drop path: 0 or the scale for each example. */
    double[] rows(int stream, int rows, double rate) {
        double[] factors = new double[rows];
        for (int row = 0; row < rows; row++) {
            int draw = block(firstRow + row, stream)[0] & 0xFFFF;
            factors[row] = draw >= threshold(rate) ? scale(rate) : 0;
        }
        return factors;
    }

    /** Values of the standard normal distribution, two from two words, by the formula of Box and Muller. */
    double[][] normals(int stream, int rows, int width) {
        double[][] values = new double[rows][width];
        int groups = (width + 63) / 64;
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < width; j++) {
                int counter = ((firstRow + row) * groups + j / 64) * 16 + j % 16;
                int[] block = block(counter, stream, Purpose.NORMAL);
                int word = j / 16 % 4;
                values[row][j] = normal(block[word & 2], block[word | 1], (word & 1) == 0);
            }
        }
        return values;
    }

    /** Radius from 31 bits of the one word, angle from 31 bits of the other; the rest turns and mirrors the point. */
    private static double normal(int first, int second, boolean one) {
        double radius = Math.sqrt(-2 * Math.log(((first & 0x7FFFFFFF) + 0.5) / 2147483648.0));
        double angle = (second << 1) / 2147483648.0 * Math.PI / 4;
        double value = radius * (one == (second >= 0) ? Math.cos(angle) : Math.sin(angle));
        return first < 0 ? -value : value;
    }

    private int[] block(int counter, int stream) {
        return block(counter, stream, Purpose.MASK);
    }

    private int[] block(int counter, int stream, int purpose) {
        int[] out = new int[4];
        Philox.block(counter, step, stream, purpose, (int) seed, (int) (seed >>> 32), out);
        return out;
    }
}
