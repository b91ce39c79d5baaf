package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adam with decoupled weight decay: Kingma and Ba (2015); Loshchilov and Hutter, "Decoupled weight decay regularization"
 * (2019). Without decay it is plain Adam. An L2 penalty is coupled, as in PyTorch's Adam, an L1 penalty proximal.
 */
public final class AdamUpdate {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    /**
     * Gradients and means closer to 0 than 2<sup>−56</sup>, and means of squares below 2<sup>−120</sup>, count as 0. Next to
     * any usual ε they move nothing; but the means of a parameter that no longer gets a gradient, such as that of a ReLU that
     * is never positive, halve every few steps until they are subnormal numbers, and those make an update many times slower.
     */
    private static final float NEGLIGIBLE = 0x1p-56f;

    private static final float NEGLIGIBLE_SQUARE = 0x1p-120f;

    private AdamUpdate() {}

    /**
     * Updates a range of parameters in one pass: ĝ = gradientScale·g + l2·w; m = β1·m + (1−β1)·ĝ; v = β2·v + (1−β2)·ĝ²;
     * w ← w·(1 − learningRate·decay) − learningRate·m/(1−β1<sup>t</sup>) / (√(v/(1−β2<sup>t</sup>)) + ε); then w is drawn
     * towards 0 by learningRate·l1, and is exactly 0 where it was no further away. The corrections are taken in double
     * precision. Negligible gradients and means count as 0: below 2<sup>−56</sup>, squares below 2<sup>−120</sup>.
     *
     * @param w parameters, updated
     * @param g gradient sums
     * @param m running mean of the gradients, updated; zeros before the first step
     * @param v running mean of their squares, updated; zeros before the first step
     * @param from first element
     * @param to the element after the last one, a multiple of 16 behind the first
     * @param gradientScale what turns a gradient sum into the gradient of the loss, clipping included
     * @param learningRate step size
     * @param beta1 what is kept of m, in [0, 1)
     * @param beta2 what is kept of v, in [0, 1)
     * @param epsilon is added to the root, positive
     * @param decay rate of decoupled decay, 0 for parameters that do not decay
     * @param l2 factor of the coupled L2 penalty, 0 for none
     * @param l1 factor of the L1 penalty, 0 for none
     * @param step t, from 1
     */
    public static void apply(
            float[] w,
            float[] g,
            float[] m,
            float[] v,
            int from,
            int to,
            float gradientScale,
            float learningRate,
            double beta1,
            double beta2,
            float epsilon,
            float decay,
            float l2,
            float l1,
            long step) {
        Simd.requireWhole(from, to);
        float keep = (float) (1.0 - (double) learningRate * decay);
        // 1 − β of a β that was rounded to float first would be off by up to 3e-5 of itself at β2 = 0.999.
        float kept1 = (float) beta1;
        float kept2 = (float) beta2;
        float fresh1 = (float) (1.0 - beta1);
        float fresh2 = (float) (1.0 - beta2);
        float rate = (float) (learningRate / (1.0 - Math.pow(beta1, (double) step)));
        float rootScale = (float) (1.0 / Math.sqrt(1.0 - Math.pow(beta2, (double) step)));
        float threshold = learningRate * l1;
        for (int i = from; i < to; i += LANES) {
            FloatVector weight = FloatVector.fromArray(FLOATS, w, i);
            FloatVector gradient =
                    FloatVector.fromArray(FLOATS, g, i).mul(gradientScale).add(weight.mul(l2));
            gradient = gradient.blend(0f, gradient.abs().compare(VectorOperators.LT, NEGLIGIBLE));
            FloatVector first = FloatVector.fromArray(FLOATS, m, i).mul(kept1).add(gradient.mul(fresh1));
            first = first.blend(0f, first.abs().compare(VectorOperators.LT, NEGLIGIBLE));
            FloatVector second = FloatVector.fromArray(FLOATS, v, i)
                    .mul(kept2)
                    .add(gradient.mul(gradient).mul(fresh2));
            second = second.blend(0f, second.compare(VectorOperators.LT, NEGLIGIBLE_SQUARE));
            first.intoArray(m, i);
            second.intoArray(v, i);
            FloatVector move = first.mul(rate).div(second.sqrt().mul(rootScale).add(epsilon));
            FloatVector moved = weight.mul(keep).sub(move);
            SoftThreshold.shrink(moved, threshold).intoArray(w, i);
        }
    }
}
