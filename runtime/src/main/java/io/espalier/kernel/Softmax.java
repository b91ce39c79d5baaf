package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The softmax of rows, and its gradient. */
public final class Softmax {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    private Softmax() {}

    /**
     * y[r] = exp(x[r] − max x[r]), divided by its sum, for every row. {@code y} may be {@code x} where offset and stride
     * agree.
     *
     * @param x rows × width, row-major
     * @param xOffset where row 0 starts
     * @param xStride distance between rows
     * @param width elements of a row, at least 1
     * @param rows number of rows
     * @param y receives rows × width probabilities, row-major
     * @param yOffset where its row 0 starts
     * @param yStride distance between its rows
     */
    public static void rows(
            float[] x, int xOffset, int xStride, int width, int rows, float[] y, int yOffset, int yStride) {
        for (int row = 0; row < rows; row++) {
            int to = yOffset + row * yStride;
            int from = xOffset + row * xStride;
            double sum = Exponentials.row(x, from, width, Exponentials.maximum(x, from, width), y, to);
            scale(y, to, width, (float) (1.0 / sum));
        }
    }

    /**
     * g ← y·(g − Σ g·y) for every row: the gradient with respect to the softmax's input.
     *
     * @param y probabilities, rows × width, row-major
     * @param yOffset where row 0 starts
     * @param yStride distance between rows
     * @param width elements of a row, at least 1
     * @param rows number of rows
     * @param g gradient with respect to y, replaced by the one with respect to x
     * @param gOffset where its row 0 starts
     * @param gStride distance between its rows
     */
    public static void gradient(
            float[] y, int yOffset, int yStride, int width, int rows, float[] g, int gOffset, int gStride) {
        for (int row = 0; row < rows; row++) {
            int yStart = yOffset + row * yStride;
            int gStart = gOffset + row * gStride;
            FloatVector products = FloatVector.zero(FLOATS);
            int j = 0;
            for (; j < FLOATS.loopBound(width); j += LANES) {
                products = FloatVector.fromArray(FLOATS, y, yStart + j)
                        .fma(FloatVector.fromArray(FLOATS, g, gStart + j), products);
            }
            VectorMask<Float> rest = FLOATS.indexInRange(j, width);
            if (j < width) {
                products = FloatVector.fromArray(FLOATS, y, yStart + j, rest)
                        .fma(FloatVector.fromArray(FLOATS, g, gStart + j, rest), products);
            }
            float sum = Lanes.sum(products);
            for (j = 0; j < FLOATS.loopBound(width); j += LANES) {
                FloatVector.fromArray(FLOATS, g, gStart + j)
                        .sub(sum)
                        .mul(FloatVector.fromArray(FLOATS, y, yStart + j))
                        .intoArray(g, gStart + j);
            }
            if (j < width) {
                FloatVector.fromArray(FLOATS, g, gStart + j, rest)
                        .sub(sum)
                        .mul(FloatVector.fromArray(FLOATS, y, yStart + j, rest))
                        .intoArray(g, gStart + j, rest);
            }
        }
    }

    private static void scale(float[] y, int start, int width, float factor) {
        int j = 0;
        for (; j < FLOATS.loopBound(width); j += LANES) {
            FloatVector.fromArray(FLOATS, y, start + j).mul(factor).intoArray(y, start + j);
        }
        if (j < width) {
            VectorMask<Float> rest = FLOATS.indexInRange(j, width);
            FloatVector.fromArray(FLOATS, y, start + j, rest).mul(factor).intoArray(y, start + j, rest);
        }
    }
}
