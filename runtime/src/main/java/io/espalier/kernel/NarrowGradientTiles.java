package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of a weight gradient one vector wide, for a last panel of 16 outputs where a vector holds 16.
 */
final class NarrowGradientTiles {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;

    /** Distance between rows of packed gradients; being constant, it spares the loop a bounds check. */
    private static final int STRIDE = WeightPanels.PANEL;

    private NarrowGradientTiles() {}

    /** 12 inputs × 1 vector of outputs. */
    static void inputs12(
            float[] x,
            int xOffset,
            int xStride,
            int rows,
            float[] g,
            int gOffset,
            float[] tile,
            int tileOffset,
            int tileStride) {
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
        int from = xOffset;
        for (int row = 0; row < rows; row++) {
            int at = gOffset + row * STRIDE;
            FloatVector gradients = FloatVector.fromArray(FLOATS, g, at);
            sum0 = FloatVector.broadcast(FLOATS, x[from]).fma(gradients, sum0);
            sum1 = FloatVector.broadcast(FLOATS, x[from + 1]).fma(gradients, sum1);
            sum2 = FloatVector.broadcast(FLOATS, x[from + 2]).fma(gradients, sum2);
            sum3 = FloatVector.broadcast(FLOATS, x[from + 3]).fma(gradients, sum3);
            sum4 = FloatVector.broadcast(FLOATS, x[from + 4]).fma(gradients, sum4);
            sum5 = FloatVector.broadcast(FLOATS, x[from + 5]).fma(gradients, sum5);
            sum6 = FloatVector.broadcast(FLOATS, x[from + 6]).fma(gradients, sum6);
            sum7 = FloatVector.broadcast(FLOATS, x[from + 7]).fma(gradients, sum7);
            sum8 = FloatVector.broadcast(FLOATS, x[from + 8]).fma(gradients, sum8);
            sum9 = FloatVector.broadcast(FLOATS, x[from + 9]).fma(gradients, sum9);
            sum10 = FloatVector.broadcast(FLOATS, x[from + 10]).fma(gradients, sum10);
            sum11 = FloatVector.broadcast(FLOATS, x[from + 11]).fma(gradients, sum11);
            from += xStride;
        }
        int t0 = tileOffset;
        int t1 = t0 + tileStride;
        int t2 = t1 + tileStride;
        int t3 = t2 + tileStride;
        int t4 = t3 + tileStride;
        int t5 = t4 + tileStride;
        int t6 = t5 + tileStride;
        int t7 = t6 + tileStride;
        int t8 = t7 + tileStride;
        int t9 = t8 + tileStride;
        int t10 = t9 + tileStride;
        int t11 = t10 + tileStride;
        sum0.intoArray(tile, t0);
        sum1.intoArray(tile, t1);
        sum2.intoArray(tile, t2);
        sum3.intoArray(tile, t3);
        sum4.intoArray(tile, t4);
        sum5.intoArray(tile, t5);
        sum6.intoArray(tile, t6);
        sum7.intoArray(tile, t7);
        sum8.intoArray(tile, t8);
        sum9.intoArray(tile, t9);
        sum10.intoArray(tile, t10);
        sum11.intoArray(tile, t11);
    }

    /** 4 inputs × 1 vector of outputs. */
    static void inputs4(
            float[] x,
            int xOffset,
            int xStride,
            int rows,
            float[] g,
            int gOffset,
            float[] tile,
            int tileOffset,
            int tileStride) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector sum2 = FloatVector.zero(FLOATS);
        FloatVector sum3 = FloatVector.zero(FLOATS);
        int from = xOffset;
        for (int row = 0; row < rows; row++) {
            int at = gOffset + row * STRIDE;
            FloatVector gradients = FloatVector.fromArray(FLOATS, g, at);
            sum0 = FloatVector.broadcast(FLOATS, x[from]).fma(gradients, sum0);
            sum1 = FloatVector.broadcast(FLOATS, x[from + 1]).fma(gradients, sum1);
            sum2 = FloatVector.broadcast(FLOATS, x[from + 2]).fma(gradients, sum2);
            sum3 = FloatVector.broadcast(FLOATS, x[from + 3]).fma(gradients, sum3);
            from += xStride;
        }
        int t0 = tileOffset;
        int t1 = t0 + tileStride;
        int t2 = t1 + tileStride;
        int t3 = t2 + tileStride;
        sum0.intoArray(tile, t0);
        sum1.intoArray(tile, t1);
        sum2.intoArray(tile, t2);
        sum3.intoArray(tile, t3);
    }

    /** 1 input × 1 vector of outputs. */
    static void inputs1(
            float[] x,
            int xOffset,
            int xStride,
            int rows,
            float[] g,
            int gOffset,
            float[] tile,
            int tileOffset,
            int tileStride) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        int from = xOffset;
        for (int row = 0; row < rows; row++) {
            int at = gOffset + row * STRIDE;
            FloatVector gradients = FloatVector.fromArray(FLOATS, g, at);
            sum0 = FloatVector.broadcast(FLOATS, x[from]).fma(gradients, sum0);
            from += xStride;
        }
        int t0 = tileOffset;
        sum0.intoArray(tile, t0);
    }
}
