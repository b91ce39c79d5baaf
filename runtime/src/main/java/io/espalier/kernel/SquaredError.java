package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The squared distance of outputs from the values they should have, and its gradient. */
public final class SquaredError {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    /** Elements after which a float sum is carried over into a double. */
    private static final int BLOCK = 64 * LANES;

    private SquaredError() {}

    /**
     * Loss and gradient of some rows. {@code gradient} may be {@code y} where offset and stride agree.
     *
     * @param y rows × outputs, row-major
     * @param offset where row 0 starts
     * @param stride distance between rows
     * @param outputs number of values of a row, at least 1
     * @param rows number of rows
     * @param values what they should be, rows × outputs, row-major without gaps
     * @param valueOffset where row 0 starts
     * @param gradient receives 2·(y − value), divided neither by the number of rows nor by that of outputs
     * @param gOffset where its row 0 starts
     * @param gStride distance between its rows
     * @param losses receives the sum of the squares of row r at {@code lossOffset + r}
     * @param lossOffset index of row 0
     */
    public static void rows(
            float[] y,
            int offset,
            int stride,
            int outputs,
            int rows,
            float[] values,
            int valueOffset,
            float[] gradient,
            int gOffset,
            int gStride,
            double[] losses,
            int lossOffset) {
        for (int row = 0; row < rows; row++) {
            losses[lossOffset + row] = row(
                    y,
                    offset + row * stride,
                    outputs,
                    values,
                    valueOffset + row * outputs,
                    gradient,
                    gOffset + row * gStride);
        }
    }

    private static double row(float[] y, int start, int width, float[] values, int value, float[] gradient, int to) {
        double total = 0;
        int j = 0;
        while (j < width) {
            int end = Math.min(width, j + BLOCK);
            FloatVector sums = FloatVector.zero(FLOATS);
            for (; j < end; j += LANES) {
                VectorMask<Float> used = FLOATS.indexInRange(j, end);
                FloatVector difference = FloatVector.fromArray(FLOATS, y, start + j, used)
                        .sub(FloatVector.fromArray(FLOATS, values, value + j, used));
                // Never a subnormal number, unless both are next to 0: two floats are as far apart as their spacing.
                difference.add(difference).intoArray(gradient, to + j, used);
                sums = difference.fma(difference, sums);
            }
            total += Lanes.sum(sums);
        }
        return total;
    }
}
