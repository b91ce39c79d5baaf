package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of a matrix product one vector wide, for a last panel of 16 outputs where a vector holds 16.
 */
final class NarrowProductTiles {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

    private NarrowProductTiles() {}

    /** 12 rows × 1 vector. */
    static void rows12(
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
        int a6 = a5 + aStride;
        int a7 = a6 + aStride;
        int a8 = a7 + aStride;
        int a9 = a8 + aStride;
        int a10 = a9 + aStride;
        int a11 = a10 + aStride;
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector sum2 = FloatVector.zero(FLOATS);
        FloatVector sum3 = FloatVector.zero(FLOATS);
        FloatVector sum4 = FloatVector.zero(FLOATS);
        FloatVector sum5 = FloatVector.zero(FLOATS);
        FloatVector sum6 = FloatVector.zero(FLOATS);
        FloatVector sum7 = FloatVector.zero(FLOATS);
        FloatVector sum8 = FloatVector.zero(FLOATS);
        FloatVector sum9 = FloatVector.zero(FLOATS);
        FloatVector sum10 = FloatVector.zero(FLOATS);
        FloatVector sum11 = FloatVector.zero(FLOATS);
        int at = panelOffset;
        for (int k = 0; k < depth; k++) {
            FloatVector weights = FloatVector.fromArray(FLOATS, panel, at);
            at += panelStride;
            sum0 = FloatVector.broadcast(FLOATS, a[a0 + k]).fma(weights, sum0);
            sum1 = FloatVector.broadcast(FLOATS, a[a1 + k]).fma(weights, sum1);
            sum2 = FloatVector.broadcast(FLOATS, a[a2 + k]).fma(weights, sum2);
            sum3 = FloatVector.broadcast(FLOATS, a[a3 + k]).fma(weights, sum3);
            sum4 = FloatVector.broadcast(FLOATS, a[a4 + k]).fma(weights, sum4);
            sum5 = FloatVector.broadcast(FLOATS, a[a5 + k]).fma(weights, sum5);
            sum6 = FloatVector.broadcast(FLOATS, a[a6 + k]).fma(weights, sum6);
            sum7 = FloatVector.broadcast(FLOATS, a[a7 + k]).fma(weights, sum7);
            sum8 = FloatVector.broadcast(FLOATS, a[a8 + k]).fma(weights, sum8);
            sum9 = FloatVector.broadcast(FLOATS, a[a9 + k]).fma(weights, sum9);
            sum10 = FloatVector.broadcast(FLOATS, a[a10 + k]).fma(weights, sum10);
            sum11 = FloatVector.broadcast(FLOATS, a[a11 + k]).fma(weights, sum11);
        }
        int c0 = cOffset;
        int c1 = c0 + cStride;
        int c2 = c1 + cStride;
        int c3 = c2 + cStride;
        int c4 = c3 + cStride;
        int c5 = c4 + cStride;
        int c6 = c5 + cStride;
        int c7 = c6 + cStride;
        int c8 = c7 + cStride;
        int c9 = c8 + cStride;
        int c10 = c9 + cStride;
        int c11 = c10 + cStride;
        sum0.intoArray(c, c0);
        sum1.intoArray(c, c1);
        sum2.intoArray(c, c2);
        sum3.intoArray(c, c3);
        sum4.intoArray(c, c4);
        sum5.intoArray(c, c5);
        sum6.intoArray(c, c6);
        sum7.intoArray(c, c7);
        sum8.intoArray(c, c8);
        sum9.intoArray(c, c9);
        sum10.intoArray(c, c10);
        sum11.intoArray(c, c11);
    }

    /** 1 to 4 rows × 1 vector; missing rows repeat the last one. */
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
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector sum2 = FloatVector.zero(FLOATS);
        FloatVector sum3 = FloatVector.zero(FLOATS);
        int at = panelOffset;
        for (int k = 0; k < depth; k++) {
            FloatVector weights = FloatVector.fromArray(FLOATS, panel, at);
            at += panelStride;
            sum0 = FloatVector.broadcast(FLOATS, a[a0 + k]).fma(weights, sum0);
            sum1 = FloatVector.broadcast(FLOATS, a[a1 + k]).fma(weights, sum1);
            sum2 = FloatVector.broadcast(FLOATS, a[a2 + k]).fma(weights, sum2);
            sum3 = FloatVector.broadcast(FLOATS, a[a3 + k]).fma(weights, sum3);
        }
        int c0 = cOffset;
        int c1 = cOffset + row1 * cStride;
        int c2 = cOffset + row2 * cStride;
        int c3 = cOffset + row3 * cStride;
        sum0.intoArray(c, c0);
        sum1.intoArray(c, c1);
        sum2.intoArray(c, c2);
        sum3.intoArray(c, c3);
    }
}
