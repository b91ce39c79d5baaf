package io.espalier.train;

import io.espalier.kernel.MaskedWeight;
import io.espalier.kernel.Slices;
import java.util.ArrayList;
import java.util.List;

/**
 * What a training step computes on, and how the emitted subclass adds to it: its buffers, the gradients that are summed over
 * the batch, and the transposed weights that follow the updates. Only {@link StepPhases} extends it.
 */
public abstract class StepBuffers {
    /** All values of the network, in the order of its own layout. */
    protected final float[] values;

    /** Sums of the gradients over the batch's rows, one for each trained value. */
    protected final float[] gradients;

    /** The optimizer's state: as many arrays as it keeps values for each trained one. */
    protected final float[][] moments;

    /** The batch's inputs, row-major with rows of {@link #inputStride} values. */
    protected final float[] input;

    /** Values from one row of {@link #input} to the next. */
    protected final int inputStride;

    /** The most rows of a batch. */
    protected final int capacity;

    /** The slices of a full batch. */
    protected final int sliceCapacity;

    /** Fixes every random draw. */
    protected final long seed;

    /** Row-wise results that are used up within one loop of a stage. */
    protected final float[] rowMeans;

    /** As {@link #rowMeans}, for loops that need two of them. */
    protected final float[] rowProducts;

    final StepLayout layout;
    final float[][] gradientBuffers;
    final GradientTasks gradientTasks;

    /** All dense products with their buffers, for the search for what is not finite. */
    final List<StageProbe.Product> products = new ArrayList<>();

    final TransposedWeights transposed;
    final MaskedWeights masked;

    /** All weights. */
    final List<Panels> weights = new ArrayList<>();

    StepBuffers(TrainingContext context, StepLayout layout) {
        this.layout = layout;
        this.values = context.values();
        this.capacity = context.maxBatch();
        this.sliceCapacity = Slices.count(capacity);
        this.seed = context.seed();
        this.inputStride = stride(layout.inputSize());
        this.input = rowBuffer(inputStride);
        this.gradients = new float[layout.trainable()];
        this.moments = new float[layout.moments()][layout.trainable()];
        this.rowMeans = new float[capacity];
        this.rowProducts = new float[capacity];
        this.gradientBuffers = new float[layout.gradientLevels()][];
        for (int level = 0; level < gradientBuffers.length; level++) {
            gradientBuffers[level] = rowBuffer(layout.gradientStride());
        }
        this.gradientTasks = new GradientTasks(gradients, capacity, context.threads());
        this.transposed = new TransposedWeights(values);
        this.masked = new MaskedWeights(values, seed);
    }

    /**
     * A buffer with a row for every example.
     *
     * @param stride values in a row
     * @return the buffer
     * @throws IllegalArgumentException if it would be longer than an array can be
     */
    protected final float[] rowBuffer(int stride) {
        long length = (long) capacity * stride;
        if (length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("A batch of " + capacity + " examples needs a buffer of " + length
                    + " values, and an array holds at most 2147483639; use a maxBatch of at most "
                    + (Integer.MAX_VALUE - 8) / stride);
        }
        return new float[(int) length];
    }

    /**
     * A buffer with a row for every slice of the batch, for partial sums over its rows.
     *
     * @param stride values in a row
     * @return the buffer
     */
    protected final float[] sliceBuffer(int stride) {
        return new float[Math.multiplyExact(sliceCapacity, stride)];
    }

    /**
     * The buffer through which gradients flow at a depth of nested residual branches.
     *
     * @param level the depth, from 0
     * @return the buffer, its rows as long as the widest stage needs
     */
    protected final float[] gradientBuffer(int level) {
        return gradientBuffers[level];
    }

    /**
     * Registers a dense weight, whose gradient is {@code Σ gᵀ·x} over the rows.
     *
     * @param x the inputs, rows of {@code xStride} values
     * @param xStride values from row to row of {@code x}
     * @param in input features
     * @param g the gradients of the outputs, rows of {@code gStride} values
     * @param gStride values from row to row of {@code g}
     * @param out output features
     * @param weight the weight's place among the values
     * @param bias the bias's place, or -1 where there is none
     */
    protected final void weightGradient(
            float[] x, int xStride, int in, float[] g, int gStride, int out, int weight, int bias) {
        weights.addAll(Panels.of(weight, in, out));
        products.add(new StageProbe.Product(x, xStride, in, g, gStride, out, weight));
        gradientTasks.weight(x, xStride, in, g, gStride, out, weight, bias);
    }

    /**
     * Registers a dense weight of which drop connect takes a part: as {@link #weightGradient}.
     *
     * @param x the inputs, rows of {@code xStride} values
     * @param xStride values from row to row of {@code x}
     * @param in input features
     * @param g the gradients of the outputs, rows of {@code gStride} values
     * @param gStride values from row to row of {@code g}
     * @param out output features
     * @param weight the weight's place among the values
     * @param bias the bias's place, or -1 where there is none
     * @param part the part that is taken
     */
    protected final void maskedGradient(
            float[] x, int xStride, int in, float[] g, int gStride, int out, int weight, int bias, MaskedWeight part) {
        weights.addAll(Panels.of(weight, in, out));
        gradientTasks.masked(x, xStride, in, g, gStride, out, weight, bias, part);
    }

    /**
     * Registers a dense weight of which drop connect takes another part in each step.
     *
     * @param weight the weight's place among the values
     * @param in input features
     * @param out output features
     * @param threshold as of {@link io.espalier.kernel.DropoutMask#threshold}
     * @param stream number of the random stream
     * @param withTranspose whether the transpose is needed, for the gradient of its input
     * @return the part, drawn anew before each step
     */
    protected final MaskedWeight maskedWeight(
            int weight, int in, int out, int threshold, int stream, boolean withTranspose) {
        return masked.add(weight, in, out, threshold, stream, withTranspose);
    }

    /**
     * Registers a parameter whose gradient is the sum of partial sums of slices.
     *
     * @param partials partial sums, a row of {@code stride} values for each slice
     * @param offset the first column
     * @param stride values from slice to slice
     * @param width the parameter's length
     * @param parameter the parameter's place among the values
     */
    protected final void columnGradient(float[] partials, int offset, int stride, int width, int parameter) {
        gradientTasks.columns(partials, offset, stride, width, parameter);
    }

    /**
     * Registers a parameter whose gradient is summed over the batch already, in the backward pass.
     *
     * @param sums where the sums lie
     * @param offset their place
     * @param width the parameter's length
     * @param parameter the parameter's place among the values
     */
    protected final void summedGradient(float[] sums, int offset, int width, int parameter) {
        gradientTasks.totals(sums, offset, width, parameter);
    }

    /**
     * Registers a dense weight whose transpose is needed for the gradient of its input.
     *
     * @param weight the weight's place among the values
     * @param in input features
     * @param out output features
     * @return the transposed weight in panels, kept up to date
     */
    protected final float[] transposedWeight(int weight, int in, int out) {
        return transposed.add(weight, in, out);
    }

    /**
     * Values from row to row of a buffer of a width: rows start at multiples of 16, so that loops need no tail.
     *
     * @param width values of an example
     * @return the stride
     */
    protected static int stride(int width) {
        return (width + 15) & -16;
    }
}
