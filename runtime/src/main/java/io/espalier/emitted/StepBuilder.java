package io.espalier.emitted;

import io.espalier.kernel.Slices;
import io.espalier.kernel.WeightPanels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a training step is built from: beside buffers it takes the gradients that are summed over the batch, and the phases of
 * both passes in their order. Neighbouring phases over examples, whoever's they are, are run as one: rows that are in the cache
 * go on from one to the next. Copying the inputs, the loss, the sums of the gradients and the update are the runtime's.
 */
public final class StepBuilder extends PassBuilder {
    private final int workers;
    private final List<PhaseEntry> forward = new ArrayList<>();
    private final List<PhaseEntry> backward = new ArrayList<>();
    private final List<GradientSum> sums = new ArrayList<>();
    private final List<TransposedWeight> transposed = new ArrayList<>();
    private int[] tileStrides = {};
    private float[][][] tiles = {};
    private @Nullable OutputGradient outputGradient;
    private int slice;

    /**
     * A dense weight whose transpose is kept up to date.
     *
     * @param weight where the weight starts among the values
     * @param in input features
     * @param out output features
     * @param transposed the transposed weight, in panels
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record TransposedWeight(int weight, int in, int out, float[] transposed) {}

    /**
     * For the runtime.
     *
     * @param values all values of the network; the step changes them
     * @param capacity the most rows of a batch, at least 1
     * @param workers how many threads share the work, at least 1
     * @param seed fixes every random draw
     */
    public StepBuilder(float[] values, int capacity, int workers, long seed) {
        super(values, capacity, new StepState(seed));
        this.workers = workers;
    }

    /**
     * How many threads share the phases over examples.
     *
     * @return at least 1
     */
    public int workers() {
        return workers;
    }

    /**
     * A buffer with a row for every slice of the batch, for partial sums over its rows.
     *
     * @param positions rows of an example, which decide how many examples a slice has
     * @param columns values in a row
     * @return the buffer
     * @throws IllegalArgumentException if it would be longer than an array can be
     */
    public float[] sliceBuffer(int positions, int columns) {
        slice = Math.max(slice, Slices.examples(positions));
        return new float[length(Slices.count(capacity(), positions), columns)];
    }

    /**
     * Arrays for what is used up within a task, for each thread one of each: as long as a task needs, which is known, and they
     * are made, when all is built.
     *
     * @param perExample for each of them the values of an example
     * @return for each of them the arrays of the threads, empty until the first phase runs
     */
    public float[][][] tiles(int... perExample) {
        tileStrides = perExample.clone();
        tiles = new float[perExample.length][workers][];
        for (int stride : perExample) {
            use((long) stride * Float.BYTES);
        }
        return tiles;
    }

    /**
     * Says where the backward pass takes the gradient of the outputs from.
     *
     * @param array rows of {@code stride(output size)} values, as from {@link #rows} or {@link #shared}
     */
    public void outputGradients(float[] array) {
        float[][] same = new float[workers][];
        Arrays.fill(same, array);
        outputGradient = new OutputGradient(same, false);
    }

    /**
     * Says that the backward pass takes the gradient of the outputs from arrays of the threads.
     *
     * @param ofWorkers one of {@link #tiles}, rows of {@code stride(output size)} values
     */
    public void outputGradientTiles(float[][] ofWorkers) {
        outputGradient = new OutputGradient(ofWorkers, true);
    }

    // Gradients of parameters.

    /**
     * Registers a dense weight, whose gradient is {@code Σ gᵀ·x} over the rows. A parameter of several matrices registers each.
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
     */
    public void weightGradient(
            int positions, float[] x, int xStride, int in, float[] g, int gStride, int out, int weight, int bias) {
        weightGradient(new GradientSum.OfWeight(positions, x, xStride, in, g, gStride, out, weight, bias, null));
    }

    /**
     * Registers a dense weight of which drop connect may take a part.
     *
     * @param sum its gradient
     */
    public void weightGradient(GradientSum.OfWeight sum) {
        sums.add(sum);
    }

    /**
     * Registers a parameter whose gradient is the sum of partial sums of slices.
     *
     * @param positions rows of an example, as of {@link #sliceBuffer}
     * @param partials partial sums, a row of {@code stride} values for each slice
     * @param offset the first column
     * @param stride values from slice to slice
     * @param width the parameter's length
     * @param parameter where it starts among the values
     */
    public void columnGradient(int positions, float[] partials, int offset, int stride, int width, int parameter) {
        sums.add(new GradientSum.OfSlices(positions, partials, offset, stride, width, parameter));
    }

    /**
     * Registers a parameter whose gradient is summed over the batch already, in the backward pass.
     *
     * @param batchSums where the sums lie
     * @param offset where they start there
     * @param width the parameter's length
     * @param parameter where it starts among the values
     */
    public void summedGradient(float[] batchSums, int offset, int width, int parameter) {
        sums.add(new GradientSum.OfBatch(batchSums, offset, width, parameter));
    }

    /**
     * Registers a dense weight whose transpose is needed for the gradient of its input.
     *
     * @param weight where the weight starts among the values
     * @param in input features
     * @param out output features
     * @return the transposed weight in panels, kept up to date
     */
    public float[] transposedWeight(int weight, int in, int out) {
        float[] transpose = new float[WeightPanels.size(out, in)];
        transposed.add(new TransposedWeight(weight, in, out, transpose));
        return transpose;
    }

    // Phases.

    /**
     * Adds the next forward phase over examples: threads share the rows.
     *
     * @param code what runs
     * @param number which of its phases
     */
    public void forwardExamples(PhaseCode code, int number) {
        forward.add(new PhaseEntry.OverExamples(code, number));
    }

    /**
     * Adds the next forward phase that needs the whole batch.
     *
     * @param code what runs
     * @param number which of its phases
     */
    public void forwardBatch(PhaseCode code, int number) {
        forward.add(new PhaseEntry.OverBatch(code, number));
    }

    /**
     * Adds a product over the whole batch as the next forward phase: threads share its columns, for weights that are too large
     * for a cache.
     *
     * @param product the product
     */
    public void forwardWide(PhaseEntry.Wide product) {
        forward.add(product);
    }

    /**
     * Adds the next backward phase over examples.
     *
     * @param code what runs
     * @param number which of its phases
     */
    public void backwardExamples(PhaseCode code, int number) {
        backward.add(new PhaseEntry.OverExamples(code, number));
    }

    /**
     * Adds the next backward phase that needs the whole batch.
     *
     * @param code what runs
     * @param number which of its phases
     */
    public void backwardBatch(PhaseCode code, int number) {
        backward.add(new PhaseEntry.OverBatch(code, number));
    }

    /**
     * Adds a product over the whole batch as the next backward phase: threads share its columns, for weights that are too large
     * for a cache.
     *
     * @param product the product
     */
    public void backwardWide(PhaseEntry.Wide product) {
        backward.add(product);
    }

    // What the runtime reads when the emitted code is built.

    /**
     * For the runtime: where the backward pass takes the gradient of the outputs from.
     *
     * @return rows of {@code stride(output size)} values
     * @throws IllegalStateException if the emitted code has not said it
     */
    public OutputGradient outputGradient() {
        if (outputGradient == null) {
            throw new IllegalStateException("The code has not said where it takes the gradient of the outputs from");
        }
        return outputGradient;
    }

    /**
     * For the runtime: makes the arrays of tasks.
     *
     * @param examples the most examples of a task
     * @throws IllegalArgumentException if one would be longer than an array can be
     */
    public void makeTiles(int examples) {
        for (int i = 0; i < tiles.length; i++) {
            for (int worker = 0; worker < workers; worker++) {
                tiles[i][worker] = new float[length(examples, tileStrides[i])];
            }
        }
    }

    /**
     * For the runtime: the examples of the largest slice whose sums are taken; tasks are whole ones.
     *
     * @return a power of two, at least 1
     */
    public int slice() {
        return slice > 0 ? slice : Slices.examples(inputPositions());
    }

    /**
     * For the runtime: the phases of the forward pass.
     *
     * @return in their order
     */
    public List<PhaseEntry> forwardPhases() {
        return List.copyOf(forward);
    }

    /**
     * For the runtime: the phases of the backward pass.
     *
     * @return in their order
     */
    public List<PhaseEntry> backwardPhases() {
        return List.copyOf(backward);
    }

    /**
     * For the runtime: the gradients that are summed over the batch.
     *
     * @return in the order in which they were registered
     */
    public List<GradientSum> gradientSums() {
        return List.copyOf(sums);
    }

    /**
     * For the runtime: the weights whose transposes are kept up to date.
     *
     * @return in the order in which they were registered
     */
    public List<TransposedWeight> transposedWeights() {
        return List.copyOf(transposed);
    }
}
