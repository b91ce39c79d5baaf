package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Means and variances of columns over a batch, for batch normalization: Ioffe and Szegedy (2015), in slices whose
 * statistics are merged by the pairwise formula of Chan, Golub and LeVeque (1979), which does not lose the variance of
 * columns with a large mean.
 */
public final class BatchStatistics {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    private BatchStatistics() {}

    /**
     * The statistics of one slice: per column its mean and M2, the sum of squared deviations from it.
     *
     * @param x the slice's rows × width, row-major
     * @param offset where its row 0 starts
     * @param stride distance between rows
     * @param width number of columns
     * @param rows rows of the slice, at least 1
     * @param partials receives mean[width], then M2[width]
     * @param at where they start; slice s of a batch belongs at {@code 2·width·s}
     */
    public static void slice(float[] x, int offset, int stride, int width, int rows, float[] partials, int at) {
        float inverse = 1f / rows;
        int j = 0;
        for (; j < FLOATS.loopBound(width); j += LANES) {
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int row = 0, i = offset + j; row < rows; row++, i += stride) {
                sum = FloatVector.fromArray(FLOATS, x, i).add(sum);
            }
            FloatVector mean = sum.mul(inverse);
            FloatVector rest = FloatVector.zero(FLOATS);
            FloatVector squares = FloatVector.zero(FLOATS);
            for (int row = 0, i = offset + j; row < rows; row++, i += stride) {
                FloatVector deviation = FloatVector.fromArray(FLOATS, x, i).sub(mean);
                rest = deviation.add(rest);
                squares = deviation.fma(deviation, squares);
            }
            // What rounding left of the mean: it is added, and its share of the squares taken out.
            FloatVector correction = rest.mul(inverse);
            mean.add(correction).intoArray(partials, at + j);
            squares.sub(rest.mul(correction)).max(0f).intoArray(partials, at + width + j);
        }
        if (j < width) {
            VectorMask<Float> used = FLOATS.indexInRange(j, width);
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int row = 0, i = offset + j; row < rows; row++, i += stride) {
                sum = FloatVector.fromArray(FLOATS, x, i, used).add(sum);
            }
            FloatVector mean = sum.mul(inverse);
            FloatVector rest = FloatVector.zero(FLOATS);
            FloatVector squares = FloatVector.zero(FLOATS);
            for (int row = 0, i = offset + j; row < rows; row++, i += stride) {
                FloatVector deviation =
                        FloatVector.fromArray(FLOATS, x, i, used).sub(mean);
                rest = deviation.add(rest);
                squares = deviation.fma(deviation, squares);
            }
            FloatVector correction = rest.mul(inverse);
            mean.add(correction).intoArray(partials, at + j, used);
            squares.sub(rest.mul(correction)).max(0f).intoArray(partials, at + width + j, used);
        }
    }

    /**
     * Merges the statistics of all slices in the fixed tree, and updates the running estimates:
     * running = (1 − momentum)·running + momentum·batch, with the unbiased variance.
     *
     * @param partials statistics of the slices, as {@link #slice} leaves them, from index 0; used as working space
     * @param slices number of slices
     * @param sliceRows rows of a slice, of which the last may have fewer
     * @param rows rows of the whole batch, at least 2
     * @param width number of columns
     * @param epsilon is added to the variance
     * @param momentum share of this batch in the running estimates, 0 to leave them as they are
     * @param mean receives the mean of each column
     * @param inverseDeviation receives 1/√(biased variance + epsilon) of each column
     * @param at where both are received
     * @param running holds the running estimates
     * @param runningMeanOffset where the running means start
     * @param runningVarianceOffset where the running variances start
     * @throws IllegalArgumentException if the batch has a single row, whose variance says nothing
     */
    public static void combine(
            float[] partials,
            int slices,
            int sliceRows,
            int rows,
            int width,
            float epsilon,
            float momentum,
            float[] mean,
            float[] inverseDeviation,
            int at,
            float[] running,
            int runningMeanOffset,
            int runningVarianceOffset) {
        if (rows < 2) {
            throw new IllegalArgumentException(
                    "Batch normalization needs at least 2 examples to take a variance, but the" + " batch has " + rows
                            + ": use a larger batch size, or drop the last, short batch of an epoch");
        }
        for (int step = 1; step < slices; step *= 2) {
            for (int slice = 0; slice + step < slices; slice += 2 * step) {
                int end = Math.min(rows, (slice + 2 * step) * sliceRows);
                int middle = (slice + step) * sliceRows;
                merge(partials, slice, slice + step, width, middle - slice * sliceRows, end - middle);
            }
        }
        for (int j = 0; j < width; j++) {
            float batchMean = partials[j];
            float squares = partials[width + j];
            mean[at + j] = batchMean;
            inverseDeviation[at + j] = (float) (1.0 / Math.sqrt((double) squares / rows + epsilon));
            float unbiased = squares / (rows - 1);
            float runningMean = running[runningMeanOffset + j];
            float runningVariance = running[runningVarianceOffset + j];
            running[runningMeanOffset + j] = runningMean + momentum * (batchMean - runningMean);
            running[runningVarianceOffset + j] = runningVariance + momentum * (unbiased - runningVariance);
        }
    }

    /** Merges the statistics of slice {@code right} into those of slice {@code left}. */
    private static void merge(float[] partials, int left, int right, int width, int leftRows, int rightRows) {
        float rows = leftRows + rightRows;
        float share = rightRows / rows;
        float weight = leftRows * share;
        int a = left * 2 * width;
        int b = right * 2 * width;
        int j = 0;
        for (; j < FLOATS.loopBound(width); j += LANES) {
            FloatVector mean = FloatVector.fromArray(FLOATS, partials, a + j);
            FloatVector delta = FloatVector.fromArray(FLOATS, partials, b + j).sub(mean);
            delta.mul(share).add(mean).intoArray(partials, a + j);
            delta.mul(weight)
                    .mul(delta)
                    .add(FloatVector.fromArray(FLOATS, partials, a + width + j)
                            .add(FloatVector.fromArray(FLOATS, partials, b + width + j)))
                    .intoArray(partials, a + width + j);
        }
        if (j < width) {
            VectorMask<Float> used = FLOATS.indexInRange(j, width);
            FloatVector mean = FloatVector.fromArray(FLOATS, partials, a + j, used);
            FloatVector delta =
                    FloatVector.fromArray(FLOATS, partials, b + j, used).sub(mean);
            delta.mul(share).add(mean).intoArray(partials, a + j, used);
            delta.mul(weight)
                    .mul(delta)
                    .add(FloatVector.fromArray(FLOATS, partials, a + width + j, used)
                            .add(FloatVector.fromArray(FLOATS, partials, b + width + j, used)))
                    .intoArray(partials, a + width + j, used);
        }
    }
}
