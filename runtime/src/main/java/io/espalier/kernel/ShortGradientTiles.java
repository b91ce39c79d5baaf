package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of a weight gradient for processors with 16 vector registers, and for the last inputs of any.
 */
final class ShortGradientTiles {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    /** Distance between rows of packed gradients; being constant, it spares the loop a bounds check. */
    private static final int STRIDE = WeightPanels.PANEL;

    private ShortGradientTiles() {}

    /** 6 inputs × 2 vectors of outputs. */
    static void inputs6(
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
        int from = xOffset;
        for (int row = 0; row < rows; row++) {
            int at = gOffset + row * STRIDE;
            // Read before the vectors: the compiler then checks their bounds together, and 6 × 2 reaches 90 % instead
            // of 62 %.
            float s0 = x[from];
            float s1 = x[from + 1];
            float s2 = x[from + 2];
            float s3 = x[from + 3];
            float s4 = x[from + 4];
            float s5 = x[from + 5];
            FloatVector low = FloatVector.fromArray(FLOATS, g, at);
            FloatVector high = FloatVector.fromArray(FLOATS, g, at + LANES);
            FloatVector x0 = FloatVector.broadcast(FLOATS, s0);
            lo0 = x0.fma(low, lo0);
            hi0 = x0.fma(high, hi0);
            FloatVector x1 = FloatVector.broadcast(FLOATS, s1);
            lo1 = x1.fma(low, lo1);
            hi1 = x1.fma(high, hi1);
            FloatVector x2 = FloatVector.broadcast(FLOATS, s2);
            lo2 = x2.fma(low, lo2);
            hi2 = x2.fma(high, hi2);
            FloatVector x3 = FloatVector.broadcast(FLOATS, s3);
            lo3 = x3.fma(low, lo3);
            hi3 = x3.fma(high, hi3);
            FloatVector x4 = FloatVector.broadcast(FLOATS, s4);
            lo4 = x4.fma(low, lo4);
            hi4 = x4.fma(high, hi4);
            FloatVector x5 = FloatVector.broadcast(FLOATS, s5);
            lo5 = x5.fma(low, lo5);
            hi5 = x5.fma(high, hi5);
            from += xStride;
        }
        int t0 = tileOffset;
        int t1 = t0 + tileStride;
        int t2 = t1 + tileStride;
        int t3 = t2 + tileStride;
        int t4 = t3 + tileStride;
        int t5 = t4 + tileStride;
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
    }

    /** 4 inputs × 2 vectors of outputs. */
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
        FloatVector lo0 = FloatVector.zero(FLOATS);
        FloatVector hi0 = FloatVector.zero(FLOATS);
        FloatVector lo1 = FloatVector.zero(FLOATS);
        FloatVector hi1 = FloatVector.zero(FLOATS);
        FloatVector lo2 = FloatVector.zero(FLOATS);
        FloatVector hi2 = FloatVector.zero(FLOATS);
        FloatVector lo3 = FloatVector.zero(FLOATS);
        FloatVector hi3 = FloatVector.zero(FLOATS);
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
            from += xStride;
        }
        int t0 = tileOffset;
        int t1 = t0 + tileStride;
        int t2 = t1 + tileStride;
        int t3 = t2 + tileStride;
        lo0.intoArray(tile, t0);
        hi0.intoArray(tile, t0 + LANES);
        lo1.intoArray(tile, t1);
        hi1.intoArray(tile, t1 + LANES);
        lo2.intoArray(tile, t2);
        hi2.intoArray(tile, t2 + LANES);
        lo3.intoArray(tile, t3);
        hi3.intoArray(tile, t3 + LANES);
    }

    /** 1 input × 2 vectors of outputs. */
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
        FloatVector lo0 = FloatVector.zero(FLOATS);
        FloatVector hi0 = FloatVector.zero(FLOATS);
        int from = xOffset;
        for (int row = 0; row < rows; row++) {
            int at = gOffset + row * STRIDE;
            FloatVector low = FloatVector.fromArray(FLOATS, g, at);
            FloatVector high = FloatVector.fromArray(FLOATS, g, at + LANES);
            FloatVector x0 = FloatVector.broadcast(FLOATS, x[from]);
            lo0 = x0.fma(low, lo0);
            hi0 = x0.fma(high, hi0);
            from += xStride;
        }
        int t0 = tileOffset;
        lo0.intoArray(tile, t0);
        hi0.intoArray(tile, t0 + LANES);
    }
}
