package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of a weight gradient for processors with 32 vector registers: as {@link TallProductTiles}, with the sums
 * running over rows.
 */
final class TallGradientTiles {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    /** Distance between rows of packed gradients; being constant, it spares the loop a bounds check. */
    private static final int STRIDE = WeightPanels.PANEL;

    private TallGradientTiles() {}

    /** 12 inputs × 2 vectors of outputs. */
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
        FloatVector lo6 = FloatVector.zero(FLOATS);
        FloatVector hi6 = FloatVector.zero(FLOATS);
        FloatVector lo7 = FloatVector.zero(FLOATS);
        FloatVector hi7 = FloatVector.zero(FLOATS);
        FloatVector lo8 = FloatVector.zero(FLOATS);
        FloatVector hi8 = FloatVector.zero(FLOATS);
        FloatVector lo9 = FloatVector.zero(FLOATS);
        FloatVector hi9 = FloatVector.zero(FLOATS);
        FloatVector lo10 = FloatVector.zero(FLOATS);
        FloatVector hi10 = FloatVector.zero(FLOATS);
        FloatVector lo11 = FloatVector.zero(FLOATS);
        FloatVector hi11 = FloatVector.zero(FLOATS);
        int from = xOffset;
        for (int row = 0; row < rows; row++) {
            int at = gOffset + row * STRIDE;
            FloatVector low = FloatVector.fromArray(FLOATS, g, at);
            FloatVector high = FloatVector.fromArray(FLOATS, g, at + LANES);
            FloatVector x0 = FloatVector.broadcast(FLOATS, x[from]);
            lo0 = x0.fma(low, lo0);
            hi0 = x0.fma(high, hi0);
            FloatVector x1 = FloatVector.broadcast(FLOATS, x[from + 1]);
            lo1 = x1.fma(low, lo1);
            hi1 = x1.fma(high, hi1);
            FloatVector x2 = FloatVector.broadcast(FLOATS, x[from + 2]);
            lo2 = x2.fma(low, lo2);
            hi2 = x2.fma(high, hi2);
            FloatVector x3 = FloatVector.broadcast(FLOATS, x[from + 3]);
            lo3 = x3.fma(low, lo3);
            hi3 = x3.fma(high, hi3);
            FloatVector x4 = FloatVector.broadcast(FLOATS, x[from + 4]);
            lo4 = x4.fma(low, lo4);
            hi4 = x4.fma(high, hi4);
            FloatVector x5 = FloatVector.broadcast(FLOATS, x[from + 5]);
            lo5 = x5.fma(low, lo5);
            hi5 = x5.fma(high, hi5);
            FloatVector x6 = FloatVector.broadcast(FLOATS, x[from + 6]);
            lo6 = x6.fma(low, lo6);
            hi6 = x6.fma(high, hi6);
            FloatVector x7 = FloatVector.broadcast(FLOATS, x[from + 7]);
            lo7 = x7.fma(low, lo7);
            hi7 = x7.fma(high, hi7);
            FloatVector x8 = FloatVector.broadcast(FLOATS, x[from + 8]);
            lo8 = x8.fma(low, lo8);
            hi8 = x8.fma(high, hi8);
            FloatVector x9 = FloatVector.broadcast(FLOATS, x[from + 9]);
            lo9 = x9.fma(low, lo9);
            hi9 = x9.fma(high, hi9);
            FloatVector x10 = FloatVector.broadcast(FLOATS, x[from + 10]);
            lo10 = x10.fma(low, lo10);
            hi10 = x10.fma(high, hi10);
            FloatVector x11 = FloatVector.broadcast(FLOATS, x[from + 11]);
            lo11 = x11.fma(low, lo11);
            hi11 = x11.fma(high, hi11);
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
        lo0.intoArray(tile, t0);
        hi0.intoArray(tile, t0 + LANES);
        lo1.intoArray(tile, t1);
        hi1.intoArray(tile, t1 + LANES);
        lo2.intoArray(tile, t2);
        hi2.intoArray(tile, t2 + LANES);
        lo3.intoArray(tile, t3);
        hi3.intoArray(tile, t3 + LANES);
        lo4.intoArray(tile, t4);
        hi4.intoArray(tile, t4 + LANES);
        lo5.intoArray(tile, t5);
        hi5.intoArray(tile, t5 + LANES);
        lo6.intoArray(tile, t6);
        hi6.intoArray(tile, t6 + LANES);
        lo7.intoArray(tile, t7);
        hi7.intoArray(tile, t7 + LANES);
        lo8.intoArray(tile, t8);
        hi8.intoArray(tile, t8 + LANES);
        lo9.intoArray(tile, t9);
        hi9.intoArray(tile, t9 + LANES);
        lo10.intoArray(tile, t10);
        hi10.intoArray(tile, t10 + LANES);
        lo11.intoArray(tile, t11);
        hi11.intoArray(tile, t11 + LANES);
    }

    /** 8 inputs × 2 vectors of outputs. */
    static void inputs8(
            float[] x,
            int xOffset,
            int xStride,
            int rows,
            float[] g,
            int gOffset,
            float[] tile,
            int tileOffset,
            int tileStride) {
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
        FloatVector lo6 = FloatVector.zero(FLOATS);
        FloatVector hi6 = FloatVector.zero(FLOATS);
        FloatVector lo7 = FloatVector.zero(FLOATS);
        FloatVector hi7 = FloatVector.zero(FLOATS);
        int from = xOffset;
        for (int row = 0; row < rows; row++) {
            int at = gOffset + row * STRIDE;
            FloatVector low = FloatVector.fromArray(FLOATS, g, at);
            FloatVector high = FloatVector.fromArray(FLOATS, g, at + LANES);
            FloatVector x0 = FloatVector.broadcast(FLOATS, x[from]);
            lo0 = x0.fma(low, lo0);
            hi0 = x0.fma(high, hi0);
            FloatVector x1 = FloatVector.broadcast(FLOATS, x[from + 1]);
            lo1 = x1.fma(low, lo1);
            hi1 = x1.fma(high, hi1);
            FloatVector x2 = FloatVector.broadcast(FLOATS, x[from + 2]);
            lo2 = x2.fma(low, lo2);
            hi2 = x2.fma(high, hi2);
            FloatVector x3 = FloatVector.broadcast(FLOATS, x[from + 3]);
            lo3 = x3.fma(low, lo3);
            hi3 = x3.fma(high, hi3);
            FloatVector x4 = FloatVector.broadcast(FLOATS, x[from + 4]);
            lo4 = x4.fma(low, lo4);
            hi4 = x4.fma(high, hi4);
            FloatVector x5 = FloatVector.broadcast(FLOATS, x[from + 5]);
            lo5 = x5.fma(low, lo5);
            hi5 = x5.fma(high, hi5);
            FloatVector x6 = FloatVector.broadcast(FLOATS, x[from + 6]);
            lo6 = x6.fma(low, lo6);
            hi6 = x6.fma(high, hi6);
            FloatVector x7 = FloatVector.broadcast(FLOATS, x[from + 7]);
            lo7 = x7.fma(low, lo7);
            hi7 = x7.fma(high, hi7);
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
        lo0.intoArray(tile, t0);
        hi0.intoArray(tile, t0 + LANES);
        lo1.intoArray(tile, t1);
        hi1.intoArray(tile, t1 + LANES);
        lo2.intoArray(tile, t2);
        hi2.intoArray(tile, t2 + LANES);
        lo3.intoArray(tile, t3);
        hi3.intoArray(tile, t3 + LANES);
        lo4.intoArray(tile, t4);
        hi4.intoArray(tile, t4 + LANES);
        lo5.intoArray(tile, t5);
        hi5.intoArray(tile, t5 + LANES);
        lo6.intoArray(tile, t6);
        hi6.intoArray(tile, t6 + LANES);
        lo7.intoArray(tile, t7);
        hi7.intoArray(tile, t7 + LANES);
    }
}
