package io.espalier.kernel;

/** What batch normalization works out column by column, once for the whole batch. */
public final class BatchNormalization {
    private BatchNormalization() {}

    /**
     * The means that the gradient needs: {@code dx = γ·inverseDeviation·(g − mean(g) − x̂·mean(g·x̂))} (Ioffe and Szegedy,
     * 2015).
     *
     * @param sums for each slice the sums of g·x̂ and, {@code stride / 2} values on, of g; the first row holds the sums over
     *     the whole batch afterwards, the others are working space
     * @param stride values from slice to slice
     * @param slices number of slices
     * @param rows examples in the batch
     * @param width columns
     * @param values where the scale γ lies
     * @param scale its offset
     * @param inverseDeviation 1/√(variance + ε) of each column
     * @param meanGradient receives mean(g)
     * @param meanProduct receives mean(g·x̂)
     * @param gradientScale receives γ·inverseDeviation
     */
    public static void gradientMeans(
            float[] sums,
            int stride,
            int slices,
            int rows,
            int width,
            float[] values,
            int scale,
            float[] inverseDeviation,
            float[] meanGradient,
            float[] meanProduct,
            float[] gradientScale) {
        ColumnSums.tree(sums, 0, stride, slices, width, meanProduct, 0, false);
        ColumnSums.tree(sums, stride / 2, stride, slices, width, meanGradient, 0, false);
        for (int i = 0; i < width; i++) {
            meanProduct[i] /= rows;
            meanGradient[i] /= rows;
            gradientScale[i] = values[scale + i] * inverseDeviation[i];
        }
    }

    /**
     * Batch norm of prediction as one scale and one shift: {@code scale = γ/√(runningVariance + ε)},
     * {@code shift = β − runningMean·scale}.
     *
     * @param values where all four parameters lie
     * @param scale offset of γ
     * @param shift offset of β
     * @param runningMean offset of the running mean
     * @param runningVariance offset of the running variance
     * @param width columns
     * @param epsilon added to the variance
     * @param foldedScale receives the scale
     * @param foldedShift receives the shift
     */
    public static void fold(
            float[] values,
            int scale,
            int shift,
            int runningMean,
            int runningVariance,
            int width,
            float epsilon,
            float[] foldedScale,
            float[] foldedShift) {
        for (int i = 0; i < width; i++) {
            double factor = values[scale + i] / Math.sqrt((double) values[runningVariance + i] + epsilon);
            foldedScale[i] = (float) factor;
            foldedShift[i] = (float) (values[shift + i] - values[runningMean + i] * factor);
        }
    }
}
