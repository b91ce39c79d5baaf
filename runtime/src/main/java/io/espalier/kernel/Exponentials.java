package io.espalier.kernel;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Exponentials of a row less its maximum, and their sum.
 *
 * <p>exp(x) = 2<sup>n</sup>·exp(r) with n the integer nearest to x / ln 2 and exp(r) = 1 + r + r²·P(r) over |r| ≤ ln 2 / 2,
 * where P is the polynomial of degree 5 of Moshier's Cephes library: within 1.1 units in the last place of the true value.
 * Arguments are at most 88; below −87.3 the result is 0.
 */
final class Exponentials {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    /** Elements after which the float sum is carried over into a double. */
    private static final int BLOCK = 64 * LANES;

    private static final float LOG2_E = 1.44269504f;

    /**
     * Adding 1.5·2²³ rounds to an integer in the low bits of the significand; the 127 on top makes them the biased exponent
     * of 2<sup>n</sup> as soon as they are shifted into its place.
     */
    private static final float ROUND = 0x1.8p23f + 127f;

    /** ln 2 in two parts, the first of which has enough trailing zeros for n times it to be exact. */
    private static final float LN_2_HIGH = 0x1.62e4p-1f;

    private static final float LN_2_LOW = (float) (0.6931471805599453094 - 0x1.62e4p-1);

    /** Where exp leaves the normal numbers. */
    private static final float LOWEST = -87.33654f;

    /** exp(r) = 1 + r + r²·(P0 + P1·r + …) on |r| ≤ ln(2)/2, a minimax fit as in emitted loops. */
    private static final float P0 = 0.5f;

    private static final float P1 = 0.16666543f;
    private static final float P2 = 0.041667003f;
    private static final float P3 = 0.008366422f;
    private static final float P4 = 0.0013882206f;

    private Exponentials() {}

    /** The largest element of a row, NaN if it holds one. */
    static float maximum(float[] x, int start, int width) {
        FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        int j = 0;
        for (; j < FLOATS.loopBound(width); j += LANES) {
            largest = FloatVector.fromArray(FLOATS, x, start + j).max(largest);
        }
        if (j < width) {
            VectorMask<Float> used = FLOATS.indexInRange(j, width);
            largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY)
                    .blend(FloatVector.fromArray(FLOATS, x, start + j, used), used)
                    .max(largest);
        }
        return largest.reduceLanes(MAX);
    }

    /**
     * y[j] = exp(x[j] − maximum) over a row; returns the sum of y.
     *
     * <p>The sum is a pass of its own: in a method of more than some fifty vector operations the compiler stops inlining, and
     * a vector that is handed to the method that sums its lanes would be boxed.
     */
    static double row(float[] x, int xStart, int width, float maximum, float[] y, int yStart) {
        exponentials(x, xStart, width, maximum, y, yStart);
        return sum(y, yStart, width);
    }

    /** y[j] = exp(x[j] − maximum) over a row. {@code y} may be {@code x} where they start alike. */
    static void exponentials(float[] x, int xStart, int width, float maximum, float[] y, int yStart) {
        FloatVector log2E = FloatVector.broadcast(FLOATS, LOG2_E);
        FloatVector round = FloatVector.broadcast(FLOATS, ROUND);
        FloatVector minusHigh = FloatVector.broadcast(FLOATS, -LN_2_HIGH);
        FloatVector minusLow = FloatVector.broadcast(FLOATS, -LN_2_LOW);
        FloatVector p0 = FloatVector.broadcast(FLOATS, P0);
        FloatVector p1 = FloatVector.broadcast(FLOATS, P1);
        FloatVector p2 = FloatVector.broadcast(FLOATS, P2);
        FloatVector p3 = FloatVector.broadcast(FLOATS, P3);
        FloatVector p4 = FloatVector.broadcast(FLOATS, P4);
        int j = 0;
        for (; j < FLOATS.loopBound(width); j += LANES) {
            FloatVector value = FloatVector.fromArray(FLOATS, x, xStart + j).sub(maximum);
            FloatVector shifted = value.fma(log2E, round);
            FloatVector n = shifted.sub(round);
            FloatVector r = n.fma(minusLow, n.fma(minusHigh, value));
            FloatVector p = p4.fma(r, p3).fma(r, p2).fma(r, p1).fma(r, p0);
            FloatVector power = shifted.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector result = p.fma(r.mul(r), r).add(1f).mul(power).blend(0f, value.compare(LT, LOWEST));
            result.intoArray(y, yStart + j);
        }
        if (j < width) {
            VectorMask<Float> used = FLOATS.indexInRange(j, width);
            FloatVector value =
                    FloatVector.fromArray(FLOATS, x, xStart + j, used).sub(maximum);
            FloatVector shifted = value.fma(log2E, round);
            FloatVector n = shifted.sub(round);
            FloatVector r = n.fma(minusLow, n.fma(minusHigh, value));
            FloatVector p = p4.fma(r, p3).fma(r, p2).fma(r, p1).fma(r, p0);
            FloatVector power = shifted.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
            FloatVector result = p.fma(r.mul(r), r).add(1f).mul(power).blend(0f, value.compare(LT, LOWEST));
            result.intoArray(y, yStart + j, used);
        }
    }

    /** The sum of a row, in floats over blocks and in a double over their sums. */
    private static double sum(float[] y, int start, int width) {
        double total = 0;
        for (int j = 0; j < width; ) {
            int end = Math.min(width, j + BLOCK);
            FloatVector sums = FloatVector.zero(FLOATS);
            for (; j + LANES <= end; j += LANES) {
                sums = FloatVector.fromArray(FLOATS, y, start + j).add(sums);
            }
            if (j < end) {
                sums = FloatVector.fromArray(FLOATS, y, start + j, FLOATS.indexInRange(j, end))
                        .add(sums);
                j = end;
            }
            // As Lanes.sum, written out.
            sums = sums.add(sums.rearrange(Lanes.BY_HALF));
            sums = LANES > 4 ? sums.add(sums.rearrange(Lanes.BY_QUARTER)) : sums;
            sums = LANES > 8 ? sums.add(sums.rearrange(Lanes.BY_TWO)) : sums;
            total += sums.add(sums.rearrange(Lanes.BY_ONE)).lane(0);
        }
        return total;
    }
}
