package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * RMSprop (Tieleman and Hinton, 2012) as PyTorch defines it: not centered, ε outside the root, momentum on the divided
 * gradient. The decay is decoupled (Loshchilov and Hutter, 2019), the L2 penalty coupled, the L1 penalty proximal.
 */
public final class RmsPropUpdate {
    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    /** As in {@link AdamUpdate}: what is closer to 0 moves nothing next to any usual ε, and must not become subnormal. */
    private static final float NEGLIGIBLE = 0x1p-56f;

    private static final float NEGLIGIBLE_SQUARE = 0x1p-120f;

    /** As in {@link SgdUpdate}. */
    private static final float NEGLIGIBLE_SPEED = 0x1p-100f;

    private RmsPropUpdate() {}

    /**
     * Updates a range of parameters in one pass: ĝ = gradientScale·g + l2·w; v = α·v + (1−α)·ĝ²;
     * velocity = momentum·velocity + ĝ/(√v + ε); w ← w·(1 − learningRate·decay) − learningRate·velocity; then w is drawn
     * towards 0 by learningRate·l1, and is exactly 0 where it was no further away. Negligible values count as 0: ĝ below
     * 2<sup>−56</sup>, v below 2<sup>−120</sup>, the velocity below 2<sup>−100</sup>.
     *
     * @param w parameters, updated
     * @param g gradient sums
     * @param v running mean of the squared gradients, updated; zeros before the first step
     * @param velocity running sum of the divided gradients, updated; zeros before the first step
     * @param from first element
     * @param to the element after the last one, a multiple of 16 behind the first
     * @param gradientScale what turns a gradient sum into the gradient of the loss, clipping included
     * @param learningRate step size
     * @param alpha what is kept of v, in [0, 1)
     * @param epsilon is added to the root, positive
     * @param momentum what is kept of the velocity, in [0, 1)
     * @param decay rate of decoupled decay, 0 for parameters that do not decay
     * @param l2 factor of the coupled L2 penalty, 0 for none
     * @param l1 factor of the L1 penalty, 0 for none
     */
    public static void apply(
            float[] w,
            float[] g,
            float[] v,
            float[] velocity,
            int from,
            int to,
            float gradientScale,
            float learningRate,
            double alpha,
            float epsilon,
            float momentum,
            float decay,
            float l2,
            float l1) {
        Simd.requireWhole(from, to);
        float keep = (float) (1.0 - (double) learningRate * decay);
        // 1 − α of an α that was rounded to float first would be off by 1e-6 of itself at α = 0.99.
        float kept = (float) alpha;
        float fresh = (float) (1.0 - alpha);
        float threshold = learningRate * l1;
        for (int i = from; i < to; i += LANES) {
            FloatVector weight = FloatVector.fromArray(FLOATS, w, i);
            FloatVector gradient =
                    FloatVector.fromArray(FLOATS, g, i).mul(gradientScale).add(weight.mul(l2));
            gradient = gradient.blend(0f, gradient.abs().compare(VectorOperators.LT, NEGLIGIBLE));
            FloatVector square = FloatVector.fromArray(FLOATS, v, i)
                    .mul(kept)
                    .add(gradient.mul(gradient).mul(fresh));
            square = square.blend(0f, square.compare(VectorOperators.LT, NEGLIGIBLE_SQUARE));
            square.intoArray(v, i);
            FloatVector speed = FloatVector.fromArray(FLOATS, velocity, i)
                    .mul(momentum)
                    .add(gradient.div(square.sqrt().add(epsilon)));
            speed = speed.blend(0f, speed.abs().compare(VectorOperators.LT, NEGLIGIBLE_SPEED));
            speed.intoArray(velocity, i);
            FloatVector moved = weight.mul(keep).sub(speed.mul(learningRate));
            SoftThreshold.shrink(moved, threshold).intoArray(w, i);
        }
    }

    /**
     * As {@link #apply} without momentum: w ← w·(1 − learningRate·decay) − learningRate·ĝ/(√v + ε).
     *
     * @param w parameters, updated
     * @param g gradient sums
     * @param v running mean of the squared gradients, updated; zeros before the first step
     * @param from first element
     * @param to the element after the last one, a multiple of 16 behind the first
     * @param gradientScale what turns a gradient sum into the gradient of the loss, clipping included
     * @param learningRate step size
     * @param alpha what is kept of v, in [0, 1)
     * @param epsilon is added to the root, positive
     * @param decay rate of decoupled decay, 0 for parameters that do not decay
     * @param l2 factor of the coupled L2 penalty, 0 for none
     * @param l1 factor of the L1 penalty, 0 for none
     */
    public static void withoutMomentum(
            float[] w,
            float[] g,
            float[] v,
            int from,
            int to,
            float gradientScale,
            float learningRate,
            double alpha,
            float epsilon,
            float decay,
            float l2,
            float l1) {
        Simd.requireWhole(from, to);
        float keep = (float) (1.0 - (double) learningRate * decay);
        // 1 − α of an α that was rounded to float first would be off by 1e-6 of itself at α = 0.99.
        float kept = (float) alpha;
        float fresh = (float) (1.0 - alpha);
        float threshold = learningRate * l1;
        for (int i = from; i < to; i += LANES) {
            FloatVector weight = FloatVector.fromArray(FLOATS, w, i);
            FloatVector gradient =
                    FloatVector.fromArray(FLOATS, g, i).mul(gradientScale).add(weight.mul(l2));
            gradient = gradient.blend(0f, gradient.abs().compare(VectorOperators.LT, NEGLIGIBLE));
            FloatVector square = FloatVector.fromArray(FLOATS, v, i)
                    .mul(kept)
                    .add(gradient.mul(gradient).mul(fresh));
            square = square.blend(0f, square.compare(VectorOperators.LT, NEGLIGIBLE_SQUARE));
            square.intoArray(v, i);
            FloatVector move = gradient.mul(learningRate).div(square.sqrt().add(epsilon));
            FloatVector moved = weight.mul(keep).sub(move);
            SoftThreshold.shrink(moved, threshold).intoArray(w, i);
        }
    }
}
