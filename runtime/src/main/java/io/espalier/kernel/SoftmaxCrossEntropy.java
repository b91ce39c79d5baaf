package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Cross-entropy of a softmax with label smoothing (Szegedy et al., 2016), and its gradient, straight from the logits, so
 * that no logarithm of a rounded probability is ever taken.
 *
 * <p>With smoothing ε over K classes the target is q = (1 − ε)·target + ε/K.
 */
public final class SoftmaxCrossEntropy {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    /** Elements after which a float sum is carried over into a double. */
    private static final int BLOCK = 64 * LANES;

    /**
     * A gradient closer to 0 is given as 0. It is far below the rounding error of a probability near 1; but on a network that
     * fits its data well, gradients on their way back through many layers become subnormal numbers, with which processors
     * compute up to a hundred times as slowly.
     */
    private static final float NEGLIGIBLE = 0x1p-64f;

    private SoftmaxCrossEntropy() {}

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
     * @param smoothing ε, in [0, 1)
     * @param gradient receives p − q of every row, not divided by the number of rows; 0 where |p − q| &lt; 2<sup>−64</sup>
     * @param gOffset where its row 0 starts
     * @param gStride distance between its rows
     * @param losses receives the loss of row r at {@code lossOffset + r}
     * @param lossOffset index of row 0
     * @throws IllegalArgumentException if a label is not the index of a class
     */
    public static void rows(
            float[] logits,
            int offset,
            int stride,
            int classes,
            int rows,
            int[] labels,
            int labelOffset,
            float smoothing,
            float[] gradient,
            int gOffset,
            int gStride,
            double[] losses,
            int lossOffset) {
        double onLabel = 1.0 - smoothing;
        double onEach = (double) smoothing / classes;
        for (int row = 0; row < rows; row++) {
            int label = labels[labelOffset + row];
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException("The label of row " + (labelOffset + row) + " is " + label
                        + ", but the network has " + classes + " classes: labels run from 0 to " + (classes - 1));
            }
            int start = offset + row * stride;
            int to = gOffset + row * gStride;
            float maximum = Exponentials.maximum(logits, start, classes);
            double margin = (double) logits[start + label] - maximum;
            double spread = smoothing == 0 ? 0 : onEach * sumOfDifferences(logits, start, classes, maximum);
            double sum = Exponentials.row(logits, start, classes, maximum, gradient, to);
            losses[lossOffset + row] = Math.log(sum) - onLabel * margin - spread;
            scaleAndShift(gradient, to, classes, (float) (1.0 / sum), (float) -onEach);
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
     * @param smoothing ε, in [0, 1)
     * @param gradient receives p − q of every row, not divided by the number of rows; 0 where |p − q| &lt; 2<sup>−64</sup>
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
            double expected = expectedDifference(logits, start, classes, maximum, targets, target, onTarget, onEach);
            double sum = Exponentials.row(logits, start, classes, maximum, gradient, to);
            losses[lossOffset + row] = Math.log(sum) - expected;
            scaleAndShift(gradient, to, classes, (float) (1.0 / sum), -onEach);
            subtract(gradient, to, classes, targets, target, onTarget);
        }
    }

    /** Σ (x − maximum) of a row. */
    private static double sumOfDifferences(float[] x, int start, int width, float maximum) {
        double total = 0;
        int j = 0;
        while (j < width) {
            int end = Math.min(width, j + BLOCK);
            FloatVector sums = FloatVector.zero(FLOATS);
            for (; j + LANES <= end; j += LANES) {
                sums = FloatVector.fromArray(FLOATS, x, start + j).sub(maximum).add(sums);
            }
            if (j < end) {
                VectorMask<Float> used = FLOATS.indexInRange(j, end);
                FloatVector differences =
                        FloatVector.fromArray(FLOATS, x, start + j, used).sub(maximum);
                sums = FloatVector.zero(FLOATS).blend(differences, used).add(sums);
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

    /** Σ q·(x − maximum) of a row; where q is 0 the logit does not count, be it infinite. */
    private static double expectedDifference(
            float[] x, int start, int width, float maximum, float[] targets, int target, float onTarget, float onEach) {
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
                FloatVector difference =
                        FloatVector.fromArray(FLOATS, x, start + j, used).sub(maximum);
                VectorMask<Float> counted = q.compare(VectorOperators.NE, 0f).and(used);
                sums = FloatVector.zero(FLOATS)
                        .blend(q.mul(difference), counted)
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

    /** y = y·factor + shift over a row, without what is negligible. */
    private static void scaleAndShift(float[] y, int start, int width, float factor, float shift) {
        for (int j = 0; j < width; j += LANES) {
            VectorMask<Float> used = FLOATS.indexInRange(j, width);
            FloatVector value = FloatVector.fromArray(FLOATS, y, start + j, used)
                    .mul(factor)
                    .add(shift);
            value.blend(0f, value.abs().compare(VectorOperators.LT, NEGLIGIBLE)).intoArray(y, start + j, used);
        }
    }

    /** y −= x·factor over a row, without what is negligible. */
    private static void subtract(float[] y, int start, int width, float[] x, int xStart, float factor) {
        for (int j = 0; j < width; j += LANES) {
            VectorMask<Float> used = FLOATS.indexInRange(j, width);
            FloatVector value = FloatVector.fromArray(FLOATS, y, start + j, used)
                    .sub(FloatVector.fromArray(FLOATS, x, xStart + j, used).mul(factor));
            value.blend(0f, value.abs().compare(VectorOperators.LT, NEGLIGIBLE)).intoArray(y, start + j, used);
        }
    }
}
