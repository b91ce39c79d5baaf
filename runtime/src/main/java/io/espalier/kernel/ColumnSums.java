package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Sums of partial sums over slices, in the fixed tree. */
public final class ColumnSums {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    private ColumnSums() {}

    /**
     * Adds the partial sums of all slices, column by column, in the fixed binary tree over the slices: the left branch of
     * n slices holds the largest power of two below n.
     *
     * @param partials row s, at {@code offset + s·stride}, holds the {@code width} sums of slice s; the rows are used as
     *     working space and hold other values afterwards
     * @param offset where row 0 starts
     * @param stride distance between rows
     * @param slices number of rows, at least 1
     * @param width number of columns
     * @param out receives the sums
     * @param outOffset where it receives them
     * @param add whether the sums are added to what {@code out} holds rather than stored over it
     */
    public static void tree(
            float[] partials, int offset, int stride, int slices, int width, float[] out, int outOffset, boolean add) {
        for (int step = 1; step < slices; step *= 2) {
            for (int slice = 0; slice + step < slices; slice += 2 * step) {
                int left = offset + slice * stride;
                accumulate(partials, left + step * stride, width, partials, left);
            }
        }
        if (add) {
            accumulate(partials, offset, width, out, outOffset);
        } else {
            System.arraycopy(partials, offset, out, outOffset, width);
        }
    }

    /** sums += values, over a width. */
    static void accumulate(float[] values, int valuesOffset, int width, float[] sums, int sumsOffset) {
        int j = 0;
        for (; j < FLOATS.loopBound(width); j += LANES) {
            FloatVector.fromArray(FLOATS, sums, sumsOffset + j)
                    .add(FloatVector.fromArray(FLOATS, values, valuesOffset + j))
                    .intoArray(sums, sumsOffset + j);
        }
        if (j < width) {
            VectorMask<Float> rest = FLOATS.indexInRange(j, width);
            FloatVector.fromArray(FLOATS, sums, sumsOffset + j, rest)
                    .add(FloatVector.fromArray(FLOATS, values, valuesOffset + j, rest))
                    .intoArray(sums, sumsOffset + j, rest);
        }
    }
}
