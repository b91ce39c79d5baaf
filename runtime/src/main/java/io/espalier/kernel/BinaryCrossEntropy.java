package io.espalier.kernel;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Cross-entropy of a sigmoid for each of several independent labels, and its gradient, straight from the logits: no
 * logarithm of a rounded probability is taken, and no exponential overflows.
 *
 * <p>For a logit z and a label t it is log(1 + exp(−|z|)) + |z|·(1 − t where z ≥ 0, else t): of the two summands neither is
 * negative, so that nothing cancels.
 */
public final class BinaryCrossEntropy {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    /** Elements after which a float sum is carried over into a double. */
    private static final int BLOCK = 64 * LANES;

    /** A gradient closer to 0 is given as 0, as that of {@link SoftmaxCrossEntropy} is, and for its reasons. */
    private static final float NEGLIGIBLE = 0x1p-64f;

    /** log(1 + e) = 2·s·(1 + s²/3 + s⁴/5 + …) with s = e/(2 + e), at most 1/3: what comes behind s¹²/13 is below 2⁻²⁶. */
    private static final float C3 = 1f / 3;

    private static final float C5 = 1f / 5;
    private static final float C7 = 1f / 7;
    private static final float C9 = 1f / 9;
    private static final float C11 = 1f / 11;
    private static final float C13 = 1f / 13;

    private BinaryCrossEntropy() {}

    /**
     * Loss and gradient of some rows.
     *
     * @param logits rows × outputs, row-major
     * @param offset where row 0 starts
     * @param stride distance between rows
     * @param outputs number of labels, at least 1
     * @param rows number of rows
     * @param labels rows × outputs, row-major without gaps, each from 0 to 1
     * @param labelOffset where row 0 starts
     * @param gradient receives sigmoid(z) − t, divided neither by the number of rows nor by that of outputs; 0 where it is
     *     closer to 0 than 2<sup>−64</sup>; not the array of the logits
     * @param gOffset where its row 0 starts
     * @param gStride distance between its rows
     * @param losses receives the sum of the labels' losses of row r at {@code lossOffset + r}
     * @param lossOffset index of row 0
     */
    public static void rows(
            float[] logits,
            int offset,
            int stride,
            int outputs,
            int rows,
            float[] labels,
            int labelOffset,
            float[] gradient,
            int gOffset,
            int gStride,
            double[] losses,
            int lossOffset) {
        for (int row = 0; row < rows; row++) {
            int start = offset + row * stride;
            int label = labelOffset + row * outputs;
            int to = gOffset + row * gStride;
            minusMagnitude(logits, start, outputs, gradient, to);
            Exponentials.exponentials(gradient, to, outputs, 0f, gradient, to);
            losses[lossOffset + row] = loss(logits, start, outputs, labels, label, gradient, to);
            gradient(logits, start, outputs, labels, label, gradient, to);
        }
    }

    /** y = −|x|. */
    private static void minusMagnitude(float[] x, int start, int width, float[] y, int yStart) {
        for (int j = 0; j < width; j += LANES) {
            VectorMask<Float> used = FLOATS.indexInRange(j, width);
            FloatVector.fromArray(FLOATS, x, start + j, used).abs().neg().intoArray(y, yStart + j, used);
        }
    }

    /** The sum of the losses of a row, with e = exp(−|z|) of each logit at hand. */
    private static double loss(float[] z, int start, int width, float[] labels, int label, float[] e, int eStart) {
        FloatVector c3 = FloatVector.broadcast(FLOATS, C3);
        FloatVector c5 = FloatVector.broadcast(FLOATS, C5);
        FloatVector c7 = FloatVector.broadcast(FLOATS, C7);
        FloatVector c9 = FloatVector.broadcast(FLOATS, C9);
        FloatVector c11 = FloatVector.broadcast(FLOATS, C11);
        FloatVector c13 = FloatVector.broadcast(FLOATS, C13);
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        double total = 0;
        int j = 0;
        while (j < width) {
            int end = Math.min(width, j + BLOCK);
            FloatVector sums = FloatVector.zero(FLOATS);
            for (; j < end; j += LANES) {
                VectorMask<Float> used = FLOATS.indexInRange(j, end);
                FloatVector logit = FloatVector.fromArray(FLOATS, z, start + j, used);
                FloatVector target = FloatVector.fromArray(FLOATS, labels, label + j, used);
                FloatVector exponential = FloatVector.fromArray(FLOATS, e, eStart + j, used);
                FloatVector s = exponential.div(exponential.add(2f));
                FloatVector square = s.mul(s);
                FloatVector series = c13.fma(square, c11)
                        .fma(square, c9)
                        .fma(square, c7)
                        .fma(square, c5)
                        .fma(square, c3)
                        .fma(square, one);
                FloatVector missed = target.blend(one.sub(target), logit.compare(GE, 0f));
                FloatVector loss = missed.fma(logit.abs(), s.add(s).mul(series));
                // Where a row has ended all that was read is 0, whose loss is log 1.
                sums = loss.add(sums);
            }
            // As Lanes.sum, written out.
            sums = sums.add(sums.rearrange(Lanes.BY_HALF));
            sums = LANES > 4 ? sums.add(sums.rearrange(Lanes.BY_QUARTER)) : sums;
            sums = LANES > 8 ? sums.add(sums.rearrange(Lanes.BY_TWO)) : sums;
            total += sums.add(sums.rearrange(Lanes.BY_ONE)).lane(0);
        }
        return total;
    }

    /** From e = exp(−|z|) in its place: sigmoid(z) − t, without what is negligible. */
    private static void gradient(float[] z, int start, int width, float[] labels, int label, float[] g, int gStart) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int j = 0; j < width; j += LANES) {
            VectorMask<Float> used = FLOATS.indexInRange(j, width);
            FloatVector logit = FloatVector.fromArray(FLOATS, z, start + j, used);
            FloatVector target = FloatVector.fromArray(FLOATS, labels, label + j, used);
            FloatVector exponential = FloatVector.fromArray(FLOATS, g, gStart + j, used);
            FloatVector positive = one.div(exponential.add(one));
            FloatVector sigmoid = exponential.mul(positive).blend(positive, logit.compare(GE, 0f));
            FloatVector difference = sigmoid.sub(target);
            difference.blend(0f, difference.abs().compare(LT, NEGLIGIBLE)).intoArray(g, gStart + j, used);
        }
    }
}
