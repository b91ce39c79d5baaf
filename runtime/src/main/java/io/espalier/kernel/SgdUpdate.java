package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Stochastic gradient descent, with momentum as PyTorch defines it (the rate outside the velocity, no dampening), and
 * decoupled weight decay (Loshchilov and Hutter, 2019): {@code w ← w·(1 − learningRate·decay)}, then the step. An L2 penalty
 * is coupled, as PyTorch's weight decay of SGD, an L1 penalty proximal.
 */
public final class SgdUpdate {
    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    /**
     * A velocity closer to 0 is set to 0: that of a parameter that no longer gets a gradient halves every few steps until it is
     * a subnormal number, with which processors compute many times as slowly.
     */
    private static final float NEGLIGIBLE = 0x1p-100f;

    private SgdUpdate() {}

    /**
     * Updates a range of parameters in one pass: d = gradientScale·g + l2·w; velocity = momentum·velocity + d;
     * w ← w·(1 − learningRate·decay) − learningRate·(nesterov ? d + momentum·velocity : velocity); then w is drawn towards 0 by
     * learningRate·l1, and is exactly 0 where it was no further away. A velocity of zeros makes the first step's velocity d;
     * one below 2<sup>−100</sup> counts as 0.
     *
     * @param w parameters, updated
     * @param g gradient sums
     * @param velocity running sum of the gradients, updated; zeros before the first step
     * @param from first element
     * @param to the element after the last one, a multiple of 16 behind the first
     * @param gradientScale what turns a gradient sum into the gradient of the loss, clipping included
     * @param learningRate step size
     * @param momentum what is kept of the velocity, in [0, 1)
     * @param nesterov whether to look ahead (Nesterov's momentum)
     * @param decay rate of decoupled decay, 0 for parameters that do not decay
     * @param l2 factor of the coupled L2 penalty, 0 for none
     * @param l1 factor of the L1 penalty, 0 for none
     */
    public static void apply(
            float[] w,
            float[] g,
            float[] velocity,
            int from,
            int to,
            float gradientScale,
            float learningRate,
            float momentum,
            boolean nesterov,
            float decay,
            float l2,
            float l1) {
        Simd.requireWhole(from, to);
        // Both forms are one formula: w −= rate·(own·d + ahead·velocity).
        float own = nesterov ? 1f : 0f;
        float ahead = nesterov ? momentum : 1f;
        float kept = 1f - learningRate * decay;
        float threshold = learningRate * l1;
        for (int i = from; i < to; i += LANES) {
            FloatVector weight = FloatVector.fromArray(FLOATS, w, i);
            FloatVector direction =
                    FloatVector.fromArray(FLOATS, g, i).mul(gradientScale).add(weight.mul(l2));
            FloatVector speed =
                    FloatVector.fromArray(FLOATS, velocity, i).mul(momentum).add(direction);
            speed = speed.blend(0f, speed.abs().compare(VectorOperators.LT, NEGLIGIBLE));
            speed.intoArray(velocity, i);
            FloatVector step = speed.mul(ahead).add(direction.mul(own)).mul(learningRate);
            FloatVector moved = weight.mul(kept).sub(step);
            SoftThreshold.shrink(moved, threshold).intoArray(w, i);
        }
    }

    /**
     * As {@link #apply} without momentum: w ← w·(1 − learningRate·decay) − learningRate·d.
     *
     * @param w parameters, updated
     * @param g gradient sums
     * @param from first element
     * @param to the element after the last one, a multiple of 16 behind the first
     * @param gradientScale what turns a gradient sum into the gradient of the loss, clipping included
     * @param learningRate step size
     * @param decay rate of decoupled decay, 0 for parameters that do not decay
     * @param l2 factor of the coupled L2 penalty, 0 for none
     * @param l1 factor of the L1 penalty, 0 for none
     */
    public static void withoutMomentum(
            float[] w,
            float[] g,
            int from,
            int to,
            float gradientScale,
            float learningRate,
            float decay,
            float l2,
            float l1) {
        Simd.requireWhole(from, to);
        float kept = 1f - learningRate * decay;
        float threshold = learningRate * l1;
        for (int i = from; i < to; i += LANES) {
            FloatVector weight = FloatVector.fromArray(FLOATS, w, i);
            FloatVector direction =
                    FloatVector.fromArray(FLOATS, g, i).mul(gradientScale).add(weight.mul(l2));
            FloatVector step = direction.mul(learningRate);
            FloatVector moved = weight.mul(kept).sub(step);
            SoftThreshold.shrink(moved, threshold).intoArray(w, i);
        }
    }
}
