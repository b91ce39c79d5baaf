package io.espalier.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The max-norm constraint: the weights that come into a unit lie within a ball (Srebro and Shraibman, 2005; with dropout
 * Srivastava et al., 2014).
 */
public final class UnitNorms {
    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final VectorSpecies<Double> DOUBLES = FLOATS.withLanes(double.class);
    private static final int LANES = FLOATS.length();

    private UnitNorms() {}

    /**
     * Scales the weights of each output whose Euclidean norm exceeds a limit back to it, but for the rounding of a float. The
     * squares are summed from input to input in double precision: none overflows, and the order is the same everywhere.
     *
     * @param w holds the packed weight, updated
     * @param wOffset where it starts
     * @param in inputs
     * @param out outputs
     * @param fromPanel first panel, of its {@code WeightPanels.count(out)} ones
     * @param toPanel the panel after the last one
     * @param limit the largest norm, above 0
     */
    public static void limit(float[] w, int wOffset, int in, int out, int fromPanel, int toPanel, float limit) {
        for (int panel = fromPanel; panel < toPanel; panel++) {
            int start = wOffset + panel * WeightPanels.PANEL * in;
            int width = WeightPanels.width(panel, out);
            for (int column = 0; column < width; column += LANES) {
                units(w, start + column, width, in, limit);
            }
        }
    }

    /** A vector of units, whose weights from one input stand side by side, {@code stride} behind those from the input before. */
    private static void units(float[] w, int start, int stride, int in, double limit) {
        DoubleVector low = DoubleVector.zero(DOUBLES);
        DoubleVector high = DoubleVector.zero(DOUBLES);
        int end = start + in * stride;
        for (int i = start; i < end; i += stride) {
            FloatVector values = FloatVector.fromArray(FLOATS, w, i);
            DoubleVector first = (DoubleVector) values.convertShape(VectorOperators.F2D, DOUBLES, 0);
            DoubleVector second = (DoubleVector) values.convertShape(VectorOperators.F2D, DOUBLES, 1);
            low = first.fma(first, low);
            high = second.fma(second, high);
        }
        DoubleVector bound = DoubleVector.broadcast(DOUBLES, limit);
        DoubleVector lowScale = bound.div(low.sqrt().max(limit));
        DoubleVector highScale = bound.div(high.sqrt().max(limit));
        // Each conversion fills its half of the lanes, the other one with 0. Comparing is left to floats: masks of two
        // doubles have no instruction.
        FloatVector scale = (FloatVector) lowScale.convertShape(VectorOperators.D2F, FLOATS, 0);
        scale = scale.add(highScale.convertShape(VectorOperators.D2F, FLOATS, -1));
        if (!scale.compare(VectorOperators.LT, 1f).anyTrue()) {
            return;
        }
        for (int i = start; i < end; i += stride) {
            FloatVector.fromArray(FLOATS, w, i).mul(scale).intoArray(w, i);
        }
    }
}
