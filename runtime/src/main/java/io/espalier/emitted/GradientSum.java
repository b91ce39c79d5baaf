package io.espalier.emitted;

import io.espalier.kernel.MaskedWeight;
import org.jspecify.annotations.Nullable;

/** A sum over the batch that is the gradient of a parameter, as emitted code registers it. */
public sealed interface GradientSum {
    /**
     * The gradient {@code Σ gᵀ·x} of a dense weight, and {@code Σ g} of its bias.
     *
     * @param positions rows of an example
     * @param x the inputs, rows of {@code xStride} values
     * @param xStride values from row to row of {@code x}
     * @param in input features
     * @param g the gradients of the outputs, rows of {@code gStride} values
     * @param gStride values from row to row of {@code g}
     * @param out output features
     * @param weight where the weight starts among the values
     * @param bias where the bias starts, or -1 where there is none
     * @param part the part that drop connect takes, null where it takes all
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record OfWeight(
            int positions,
            float[] x,
            int xStride,
            int in,
            float[] g,
            int gStride,
            int out,
            int weight,
            int bias,
            @Nullable MaskedWeight part)
            implements GradientSum {}

    /**
     * The sum of partial sums of slices.
     *
     * @param positions rows of an example, which decide how many examples a slice has
     * @param partials a row of {@code stride} values for each slice
     * @param offset the first column
     * @param stride values from slice to slice
     * @param width the parameter's length
     * @param parameter where it starts among the values
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record OfSlices(int positions, float[] partials, int offset, int stride, int width, int parameter)
            implements GradientSum {}

    /**
     * What the backward pass has summed over the batch already.
     *
     * @param sums where the sums lie
     * @param offset where they start there
     * @param width the parameter's length
     * @param parameter where it starts among the values
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record OfBatch(float[] sums, int offset, int width, int parameter) implements GradientSum {}
}
