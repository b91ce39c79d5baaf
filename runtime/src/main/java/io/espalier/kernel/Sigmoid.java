package io.espalier.kernel;

import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The logistic function 1 / (1 + exp(−x)) of rows of values. */
public final class Sigmoid {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    /** Below −87 the result is exp(−87), 1.6·10⁻³⁸: what is smaller is hardly a normal number any more. */
    private static final float MOST = 87f;

    private Sigmoid() {}

    /**
     * y[i] = 1 / (1 + exp(−x[i])). {@code y} may be {@code x} where the offsets agree.
     *
     * @param x values
     * @param xOffset the first one
     * @param count how many, at least 1
     * @param y receives values from 0 to 1
     * @param yOffset where the first one goes
     */
    public static void apply(float[] x, int xOffset, int count, float[] y, int yOffset) {
        for (int i = 0; i < count; i += LANES) {
            VectorMask<Float> used = FLOATS.indexInRange(i, count);
            FloatVector negated =
                    FloatVector.fromArray(FLOATS, x, xOffset + i, used).neg();
            negated.blend(MOST, negated.compare(GT, MOST)).intoArray(y, yOffset + i, used);
        }
        Exponentials.exponentials(y, yOffset, count, 0f, y, yOffset);
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int i = 0; i < count; i += LANES) {
            VectorMask<Float> used = FLOATS.indexInRange(i, count);
            FloatVector exponential = FloatVector.fromArray(FLOATS, y, yOffset + i, used);
            one.div(exponential.add(one)).intoArray(y, yOffset + i, used);
        }
    }
}
