package io.espalier.kernel;

import java.util.Arrays;

/** Rows of positions to one row of features, and back: what is between is the padding of the positions' channels. */
public final class Positions {
    private Positions() {}

    /**
     * Copies the channels of an example's positions one after the other.
     *
     * @param x examples of {@code positions} rows
     * @param xOffset where the first row starts
     * @param xStride distance between rows
     * @param positions rows of an example
     * @param channels elements of a row
     * @param examples number of examples
     * @param y receives a row of {@code positions · channels} elements for each example
     * @param yOffset where its first row starts
     * @param yStride distance between its rows
     */
    public static void flatten(
            float[] x,
            int xOffset,
            int xStride,
            int positions,
            int channels,
            int examples,
            float[] y,
            int yOffset,
            int yStride) {
        int from = xOffset;
        for (int example = 0; example < examples; example++) {
            int to = yOffset + example * yStride;
            for (int position = 0; position < positions; position++) {
                System.arraycopy(x, from, y, to, channels);
                from += xStride;
                to += channels;
            }
        }
    }

    /**
     * The adjoint of {@link #flatten}: the padding of rows is 0.
     *
     * @param y a row of {@code positions · channels} elements for each example
     * @param yOffset where its first row starts
     * @param yStride distance between its rows
     * @param positions rows of an example
     * @param channels elements of a row
     * @param examples number of examples
     * @param x receives examples of {@code positions} rows
     * @param xOffset where the first row starts
     * @param xStride distance between rows, at least {@code channels}
     */
    public static void unflatten(
            float[] y,
            int yOffset,
            int yStride,
            int positions,
            int channels,
            int examples,
            float[] x,
            int xOffset,
            int xStride) {
        int to = xOffset;
        for (int example = 0; example < examples; example++) {
            int from = yOffset + example * yStride;
            for (int position = 0; position < positions; position++) {
                System.arraycopy(y, from, x, to, channels);
                Arrays.fill(x, to + channels, to + xStride, 0f);
                from += channels;
                to += xStride;
            }
        }
    }
}
