package io.espalier.kernel;

import java.util.Random;

/** Values for randomized tests, and the scalar forms of what they check against. */
final class Randomized {

    private Randomized() {}

    /** Numbers from a new seed, which is printed; set {@code espalier.seed} to repeat a run. */
    static Random random(String test) {
        long seed = Long.getLong("espalier.seed", System.nanoTime());
        System.out.println(test + ": seed " + seed + " (repeat with -Despalier.seed=" + seed + ")");
        return new Random(seed);
    }

    /** Values of a normal distribution. */
    static float[] values(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** An array of NaN: what a kernel must not read shows in its results, what it must not write is changed. */
    static float[] poisoned(int length) {
        float[] values = new float[length];
        java.util.Arrays.fill(values, Float.NaN);
        return values;
    }

    /** Values of a normal distribution in a matrix that starts at an offset, and NaN around and between its rows. */
    static float[] matrix(Random random, int offset, int stride, int rows, int columns) {
        float[] values = poisoned(offset + rows * stride + 3);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                values[offset + row * stride + column] = (float) random.nextGaussian();
            }
        }
        return values;
    }

    /** A packed weight of normal values with zeros for padding, from an offset on. */
    static float[] panels(Random random, int offset, int in, int out) {
        float[] panels = poisoned(offset + WeightPanels.size(in, out) + 3);
        java.util.Arrays.fill(panels, offset, offset + WeightPanels.size(in, out), 0f);
        for (int output = 0; output < out; output++) {
            for (int input = 0; input < in; input++) {
                panels[offset + WeightPanels.position(output, input, out, in)] = (float) random.nextGaussian();
            }
        }
        return panels;
    }

    static int roundUp(int width) {
        return (width + 15) / 16 * 16;
    }

    /** The sum over the fixed tree, by its definition: the left branch holds the largest power of two below the count. */
    static float tree(float[] leaves, int from, int count) {
        if (count == 1) {
            return leaves[from];
        }
        int half = Integer.highestOneBit(count - 1);
        return tree(leaves, from, half) + tree(leaves, from + half, count - half);
    }
}
