package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of a matrix product for processors with 16 vector registers, and for the last rows of any.
 *
 * <p>6 × 2 sums, two vectors of weights and one broadcast input fill 16 registers.
 */
final class ShortProductTiles {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    private ShortProductTiles() {}

    /** 6 rows × 2 vectors. */
    static void rows6(
            float[] a,
            int aOffset,
            int aStride,
            int depth,
            float[] panel,
            int panelOffset,
            int panelStride,
            float[] c,
            int cOffset,
            int cStride) {
        int a0 = aOffset;
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        int a4 = a3 + aStride;
        int a5 = a4 + aStride;
        FloatVector lo0 = FloatVector.zero(FLOATS);
        FloatVector hi0 = FloatVector.zero(FLOATS);
        FloatVector lo1 = FloatVector.zero(FLOATS);
        FloatVector hi1 = FloatVector.zero(FLOATS);
        FloatVector lo2 = FloatVector.zero(FLOATS);
        FloatVector hi2 = FloatVector.zero(FLOATS);
        FloatVector lo3 = FloatVector.zero(FLOATS);
        FloatVector hi3 = FloatVector.zero(FLOATS);
        FloatVector lo4 = FloatVector.zero(FLOATS);
        FloatVector hi4 = FloatVector.zero(FLOATS);
        FloatVector lo5 = FloatVector.zero(FLOATS);
        FloatVector hi5 = FloatVector.zero(FLOATS);
        int at = panelOffset;
        for (int k = 0; k < depth; k++) {
            FloatVector low = FloatVector.fromArray(FLOATS, panel, at);
            FloatVector high = FloatVector.fromArray(FLOATS, panel, at + LANES);
            at += panelStride;
            FloatVector x0 = FloatVector.broadcast(FLOATS, a[a0 + k]);
            lo0 = x0.fma(low, lo0);
            hi0 = x0.fma(high, hi0);
            FloatVector x1 = FloatVector.broadcast(FLOATS, a[a1 + k]);
            lo1 = x1.fma(low, lo1);
            hi1 = x1.fma(high, hi1);
            FloatVector x2 = FloatVector.broadcast(FLOATS, a[a2 + k]);
            lo2 = x2.fma(low, lo2);
            hi2 = x2.fma(high, hi2);
            FloatVector x3 = FloatVector.broadcast(FLOATS, a[a3 + k]);
            lo3 = x3.fma(low, lo3);
            hi3 = x3.fma(high, hi3);
            FloatVector x4 = FloatVector.broadcast(FLOATS, a[a4 + k]);
            lo4 = x4.fma(low, lo4);
            hi4 = x4.fma(high, hi4);
            FloatVector x5 = FloatVector.broadcast(FLOATS, a[a5 + k]);
            lo5 = x5.fma(low, lo5);
            hi5 = x5.fma(high, hi5);
        }
        int c0 = cOffset;
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        int c4 = c3 + cStride;
        int c5 = c4 + cStride;
        lo0.intoArray(c, c0);
        hi0.intoArray(c, c0 + LANES);
        lo1.intoArray(c, c1);
        hi1.intoArray(c, c1 + LANES);
        lo2.intoArray(c, c2);
        hi2.intoArray(c, c2 + LANES);
        lo3.intoArray(c, c3);
        hi3.intoArray(c, c3 + LANES);
        lo4.intoArray(c, c4);
        hi4.intoArray(c, c4 + LANES);
        lo5.intoArray(c, c5);
        hi5.intoArray(c, c5 + LANES);
    }

    /** 1 to 4 rows × 2 vectors; missing rows repeat the last one. */
    static void rows4(
            float[] a,
            int aOffset,
            int aStride,
            int rows,
            int depth,
            float[] panel,
            int panelOffset,
            int panelStride,
            float[] c,
            int cOffset,
            int cStride) {
        int last = rows - 1;
        int row1 = Math.min(1, last);
        int row2 = Math.min(2, last);
        int row3 = Math.min(3, last);
        int a0 = aOffset;
        int a1 = aOffset + row1 * aStride;
        int a2 = aOffset + row2 * aStride;
        int a3 = aOffset + row3 * aStride;
        FloatVector lo0 = FloatVector.zero(FLOATS);
        FloatVector hi0 = FloatVector.zero(FLOATS);
        FloatVector lo1 = FloatVector.zero(FLOATS);
        FloatVector hi1 = FloatVector.zero(FLOATS);
        FloatVector lo2 = FloatVector.zero(FLOATS);
        FloatVector hi2 = FloatVector.zero(FLOATS);
        FloatVector lo3 = FloatVector.zero(FLOATS);
        FloatVector hi3 = FloatVector.zero(FLOATS);
        int at = panelOffset;
        for (int k = 0; k < depth; k++) {
            FloatVector low = FloatVector.fromArray(FLOATS, panel, at);
            FloatVector high = FloatVector.fromArray(FLOATS, panel, at + LANES);
            at += panelStride;
            FloatVector x0 = FloatVector.broadcast(FLOATS, a[a0 + k]);
            lo0 = x0.fma(low, lo0);
            hi0 = x0.fma(high, hi0);
            FloatVector x1 = FloatVector.broadcast(FLOATS, a[a1 + k]);
            lo1 = x1.fma(low, lo1);
            hi1 = x1.fma(high, hi1);
            FloatVector x2 = FloatVector.broadcast(FLOATS, a[a2 + k]);
            lo2 = x2.fma(low, lo2);
            hi2 = x2.fma(high, hi2);
            FloatVector x3 = FloatVector.broadcast(FLOATS, a[a3 + k]);
            lo3 = x3.fma(low, lo3);
            hi3 = x3.fma(high, hi3);
        }
        int c0 = cOffset;
        int c1 = cOffset + row1 * cStride;
        int c2 = cOffset + row2 * cStride;
        int c3 = cOffset + row3 * cStride;
        lo0.intoArray(c, c0);
        hi0.intoArray(c, c0 + LANES);
        lo1.intoArray(c, c1);
        hi1.intoArray(c, c1 + LANES);
        lo2.intoArray(c, c2);
        hi2.intoArray(c, c2 + LANES);
        lo3.intoArray(c, c3);
        hi3.intoArray(c, c3 + LANES);
    }

    /**
     * 1 row × 4 vectors, the columns from {@code panelOffset} and from {@code nextOffset} on: a single row waits for the
     * weights, and two streams of them come sooner than one.
     */
    static void row1(
            float[] a,
            int aOffset,
            int depth,
            float[] panel,
            int panelOffset,
            int nextOffset,
            int panelStride,
            float[] c,
            int cOffset) {
        FloatVector lo = FloatVector.zero(FLOATS);
        FloatVector hi = FloatVector.zero(FLOATS);
        FloatVector nextLo = FloatVector.zero(FLOATS);
        FloatVector nextHi = FloatVector.zero(FLOATS);
        int at = panelOffset;
        int next = nextOffset;
        for (int k = 0; k < depth; k++) {
            FloatVector x = FloatVector.broadcast(FLOATS, a[aOffset + k]);
            lo = x.fma(FloatVector.fromArray(FLOATS, panel, at), lo);
            hi = x.fma(FloatVector.fromArray(FLOATS, panel, at + LANES), hi);
            nextLo = x.fma(FloatVector.fromArray(FLOATS, panel, next), nextLo);
            nextHi = x.fma(FloatVector.fromArray(FLOATS, panel, next + LANES), nextHi);
            at += panelStride;
            next += panelStride;
        }
        lo.intoArray(c, cOffset);
        hi.intoArray(c, cOffset + LANES);
        nextLo.intoArray(c, cOffset + 2 * LANES);
        nextHi.intoArray(c, cOffset + 3 * LANES);
    }
}
