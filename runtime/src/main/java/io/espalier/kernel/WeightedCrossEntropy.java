package io.espalier.kernel;

import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Cross-entropy of a softmax in which every class has a weight w: the loss of a row is −Σ w·q·log p, with q = (1 − ε)·target
 * + ε/K as in {@link SoftmaxCrossEntropy}, and its gradient p·Σ w·q − w·q.
 */
public final class WeightedCrossEntropy {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    /** Elements after which a float sum is carried over into a double. */
    private static final int BLOCK = 64 * LANES;

    /** A gradient closer to 0 is given as 0, as that of {@link SoftmaxCrossEntropy} is, and for its reasons. */
    private static final float NEGLIGIBLE = 0x1p-64f;

    private WeightedCrossEntropy() {}

    /**
     * Loss and gradient of rows whose targets are class indices. {@code gradient} may be {@code logits} where offset and
     * stride agree.
     *
     * @param logits rows × classes, row-major
     * @param offset where row 0 starts
     * @param stride distance between rows
     * @param classes number of classes, at least 1
     * @param rows number of rows
     * @param labels class of row r at {@code labelOffset + r}
     * @param labelOffset index of row 0
     * @param weights of the classes, at least 0
     * @param smoothing ε, in [0, 1)
     * @param gradient receives the gradient of every row's loss; 0 where it is closer to 0 than 2<sup>−64</sup>
     * @param gOffset where its row 0 starts
     * @param gStride distance between its rows
     * @param losses receives the loss of row r at {@code lossOffset + r}
     * @param lossOffset index of row 0
     */
    public static void rows(
            float[] logits,
            int offset,
            int stride,
            int classes,
            int rows,
            int[] labels,
            int labelOffset,
            float[] weights,
            float smoothing,
            float[] gradient,
            int gOffset,
            int gStride,
            double[] losses,
            int lossOffset) {
        float onEach = (float) ((double) smoothing / classes);
        double spread = smoothing == 0 ? 0 : onEach * sum(weights, classes);
        for (int row = 0; row < rows; row++) {
            int label = labels[labelOffset + row];
            int start = offset + row * stride;
            int to = gOffset + row * gStride;
            double onLabel = (1.0 - smoothing) * weights[label];
            float maximum = Exponentials.maximum(logits, start, classes);
            double expected = onLabel == 0 ? 0 : onLabel * ((double) logits[start + label] - maximum);
            if (smoothing != 0) {
                expected += expectedDifference(logits, start, classes, maximum, weights, weights, 0, 0f, onEach);
            }
            double sum = Exponentials.row(logits, start, classes, maximum, gradient, to);
            double total = onLabel + spread;
            losses[lossOffset + row] = total * Math.log(sum) - expected;
            subtract(gradient, to, classes, (float) (total / sum), weights, weights, 0, 0f, onEach);
            gradient[to + label] -= (float) onLabel;
        }
    }

    /**
     * Loss and gradient of rows whose targets are distributions over the classes. {@code gradient} may be {@code logits}
     * where offset and stride agree.
     *
     * @param logits rows × classes, row-major
     * @param offset where row 0 starts
     * @param stride distance between rows
     * @param classes number of classes, at least 1
     * @param rows number of rows
     * @param targets shares of the classes, rows × classes, row-major without gaps; the shares of a row sum to 1
     * @param targetOffset where row 0 starts
     * @param weights of the classes, at least 0
     * @param smoothing ε, in [0, 1)
     * @param gradient receives the gradient of every row's loss; 0 where it is closer to 0 than 2<sup>−64</sup>
     * @param gOffset where its row 0 starts
     * @param gStride distance between its rows
     * @param losses receives the loss of row r at {@code lossOffset + r}
     * @param lossOffset index of row 0
     */
    public static void rows(
            float[] logits,
            int offset,
            int stride,
            int classes,
            int rows,
            float[] targets,
            int targetOffset,
            float[] weights,
            float smoothing,
            float[] gradient,
            int gOffset,
            int gStride,
            double[] losses,
            int lossOffset) {
        float onTarget = (float) (1.0 - smoothing);
        float onEach = (float) ((double) smoothing / classes);
        for (int row = 0; row < rows; row++) {
            int start = offset + row * stride;
            int to = gOffset + row * gStride;
            int target = targetOffset + row * classes;
            float maximum = Exponentials.maximum(logits, start, classes);
            double expected =
                    expectedDifference(logits, start, classes, maximum, weights, targets, target, onTarget, onEach);
            double total = total(classes, weights, targets, target, onTarget, onEach);
            double sum = Exponentials.row(logits, start, classes, maximum, gradient, to);
            losses[lossOffset + row] = total * Math.log(sum) - expected;
            subtract(gradient, to, classes, (float) (total / sum), weights, targets, target, onTarget, onEach);
        }
    }

    private static double sum(float[] weights, int classes) {
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += weights[c];
        }
        return sum;
    }

    /** Σ w·q of a row. */
    private static double total(int width, float[] weights, float[] targets, int target, float onTarget, float onEach) {
        double total = 0;
        int j = 0;
        while (j < width) {
            int end = Math.min(width, j + BLOCK);
            FloatVector sums = FloatVector.zero(FLOATS);
            for (; j < end; j += LANES) {
                VectorMask<Float> used = FLOATS.indexInRange(j, end);
                FloatVector q = FloatVector.fromArray(FLOATS, targets, target + j, used)
                        .mul(onTarget)
                        .add(onEach);
                // Behind the last class the weight is read as 0.
                sums = q.mul(FloatVector.fromArray(FLOATS, weights, j, used)).add(sums);
            }
            // As Lanes.sum, written out.
            sums = sums.add(sums.rearrange(Lanes.BY_HALF));
            sums = LANES > 4 ? sums.add(sums.rearrange(Lanes.BY_QUARTER)) : sums;
            sums = LANES > 8 ? sums.add(sums.rearrange(Lanes.BY_TWO)) : sums;
            total += sums.add(sums.rearrange(Lanes.BY_ONE)).lane(0);
        }
        return total;
    }

    /** Σ w·q·(x − maximum) of a row; where w·q is 0 the logit does not count, be it infinite. */
    private static double expectedDifference(
            float[] x,
            int start,
            int width,
            float maximum,
            float[] weights,
            float[] targets,
            int target,
            float onTarget,
            float onEach) {
        double total = 0;
        int j = 0;
        while (j < width) {
            int end = Math.min(width, j + BLOCK);
            FloatVector sums = FloatVector.zero(FLOATS);
            for (; j < end; j += LANES) {
                VectorMask<Float> used = FLOATS.indexInRange(j, end);
                FloatVector weighted = FloatVector.fromArray(FLOATS, targets, target + j, used)
                        .mul(onTarget)
                        .add(onEach)
                        .mul(FloatVector.fromArray(FLOATS, weights, j, used));
                FloatVector difference =
                        FloatVector.fromArray(FLOATS, x, start + j, used).sub(maximum);
                sums = FloatVector.zero(FLOATS)
                        .blend(weighted.mul(difference), weighted.compare(NE, 0f))
                        .add(sums);
            }
            // As Lanes.sum, written out.
            sums = sums.add(sums.rearrange(Lanes.BY_HALF));
            sums = LANES > 4 ? sums.add(sums.rearrange(Lanes.BY_QUARTER)) : sums;
            sums = LANES > 8 ? sums.add(sums.rearrange(Lanes.BY_TWO)) : sums;
            total += sums.add(sums.rearrange(Lanes.BY_ONE)).lane(0);
        }
        return total;
    }

    /** y ← y·factor − w·q over a row, without what is negligible. */
    private static void subtract(
            float[] y,
            int start,
            int width,
            float factor,
            float[] weights,
            float[] targets,
            int target,
            float onTarget,
            float onEach) {
        for (int j = 0; j < width; j += LANES) {
            VectorMask<Float> used = FLOATS.indexInRange(j, width);
            FloatVector weighted = FloatVector.fromArray(FLOATS, targets, target + j, used)
                    .mul(onTarget)
                    .add(onEach)
                    .mul(FloatVector.fromArray(FLOATS, weights, j, used));
            FloatVector value = FloatVector.fromArray(FLOATS, y, start + j, used)
                    .mul(factor)
                    .sub(weighted);
            value.blend(0f, value.abs().compare(LT, NEGLIGIBLE)).intoArray(y, start + j, used);
        }
    }
}
