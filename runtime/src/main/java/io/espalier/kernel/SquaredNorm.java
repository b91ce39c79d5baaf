package io.espalier.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Squared Euclidean norms, for clipping by the global norm. */
public final class SquaredNorm {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final VectorSpecies<Double> DOUBLES = FLOATS.withLanes(double.class);
    private static final int LANES = FLOATS.length();

    private SquaredNorm() {}

    /**
     * The sum of squares of a block, in double precision: no square overflows or underflows, and the order of the sum
     * depends on the length and the vector width alone.
     *
     * @param g holds the block
     * @param from its first element
     * @param to the element after its last one
     * @return the sum of the squares
     */
    public static double block(float[] g, int from, int to) {
        DoubleVector low = DoubleVector.zero(DOUBLES);
        DoubleVector high = DoubleVector.zero(DOUBLES);
        int i = from;
        for (int end = from + FLOATS.loopBound(to - from); i < end; i += LANES) {
            FloatVector values = FloatVector.fromArray(FLOATS, g, i);
            DoubleVector first = (DoubleVector) values.convertShape(VectorOperators.F2D, DOUBLES, 0);
            DoubleVector second = (DoubleVector) values.convertShape(VectorOperators.F2D, DOUBLES, 1);
            low = first.fma(first, low);
            high = second.fma(second, high);
        }
        double sum = Lanes.sum(low.add(high));
        for (; i < to; i++) {
            sum += (double) g[i] * g[i];
        }
        return sum;
    }
}
