package io.espalier.train;

/**
 * The forward pass of prediction: no dropout, batch norm on its running statistics. It owns its buffers and allocates
 * nothing per call. The compiler emits a subclass for each network. Not thread-safe.
 */
public abstract class PredictionPass {
    /** Rows that go through the network at a time, so that what lies between two stages stays in the cache. */
    private static final int MOST_ROWS = 64;

    /** All values of the network, in the order of its own layout. */
    protected final float[] values;

    /** Buffers for what lies between two stages, shared by those that are not needed at the same time. */
    protected final float[][] buffers;

    /** Row-wise results that are used up within one loop of a stage. */
    protected final float[] rowMeans;

    /** As {@link #rowMeans}. */
    protected final float[] rowDeviations;

    private final int maxBatch;
    private final int inputSize;
    private final int outputSize;
    /** The most rows that go through the network at a time. */
    protected final int rowsAtATime;

    private int firstRow;

    /**
     * Allocates the buffers.
     *
     * @param values all values of the network; read at {@link #refresh()} and in every pass
     * @param maxBatch the most examples of a call, at least 1
     * @param inputSize input values of an example
     * @param outputSize output values of an example
     * @param bufferCount how many buffers there are; the first takes the input
     * @param bufferStride values in a row of the widest stage, a multiple of 16
     */
    protected PredictionPass(
            float[] values, int maxBatch, int inputSize, int outputSize, int bufferCount, int bufferStride) {
        if (maxBatch < 1) {
            throw new IllegalArgumentException("maxBatch must be at least 1, not " + maxBatch);
        }
        this.values = values;
        this.maxBatch = maxBatch;
        this.inputSize = inputSize;
        this.outputSize = outputSize;
        this.rowsAtATime = Math.min(maxBatch, MOST_ROWS);
        this.rowMeans = new float[rowsAtATime];
        this.rowDeviations = new float[rowsAtATime];
        this.buffers = new float[bufferCount][Math.multiplyExact(rowsAtATime, bufferStride)];
    }

    /**
     * Computes the logits of some rows.
     *
     * @param rows how many rows the first buffer holds
     * @return the buffer of the logits, its rows padded to a multiple of 16 values
     */
    protected abstract float[] forward(int rows);

    /** Works out again what is derived from the values, after they have changed. */
    public abstract void refresh();

    /**
     * The logits of some examples.
     *
     * @param inputs {@code [size][inputSize]}, row-major
     * @param size rows, 1 to {@link #maxBatch()}
     * @param out receives {@code [size][outputSize]}, row-major
     * @throws IllegalArgumentException if a length does not fit
     */
    public final void logits(float[] inputs, int size, float[] out) {
        logits(inputs, 0, size, out);
    }

    /**
     * The logits of some examples among others.
     *
     * @param inputs {@code [first + size][inputSize]} or more, row-major
     * @param first the first of the examples
     * @param size rows, 1 to {@link #maxBatch()}
     * @param out receives {@code [size][outputSize]}, row-major
     * @throws IllegalArgumentException if a length does not fit
     */
    final void logits(float[] inputs, int first, int size, float[] out) {
        if (size < 1 || size > maxBatch) {
            throw new IllegalArgumentException(
                    "size must be 1 to " + maxBatch + " (the maxBatch asked for), not " + size);
        }
        if (inputs.length < (long) (first + size) * inputSize) {
            throw new IllegalArgumentException("The network takes " + inputSize + " input values an example, " + size
                    + " examples are " + (long) size * inputSize + " values, but there are " + inputs.length);
        }
        if (out.length < (long) size * outputSize) {
            throw new IllegalArgumentException("The network gives " + outputSize + " values an example, " + size
                    + " examples are " + (long) size * outputSize + " values, but there is room for " + out.length);
        }
        int inputStride = TrainingStep.stride(inputSize);
        int outputStride = TrainingStep.stride(outputSize);
        for (int from = 0; from < size; from += rowsAtATime) {
            int rows = Math.min(rowsAtATime, size - from);
            firstRow = first + from;
            for (int row = 0; row < rows; row++) {
                System.arraycopy(inputs, (first + from + row) * inputSize, buffers[0], row * inputStride, inputSize);
            }
            float[] logits = forward(rows);
            for (int row = 0; row < rows; row++) {
                System.arraycopy(logits, row * outputStride, out, (from + row) * outputSize, outputSize);
            }
        }
    }

    /** {@return where the first of the rows that go through stands among all examples} */
    protected final int firstRow() {
        return firstRow;
    }

    /**
     * Input values of an example.
     *
     * @return at least 1
     */
    public final int inputSize() {
        return inputSize;
    }

    /**
     * Output values of an example.
     *
     * @return at least 1
     */
    public final int outputSize() {
        return outputSize;
    }

    /**
     * The most examples of a call.
     *
     * @return at least 1
     */
    public final int maxBatch() {
        return maxBatch;
    }
}
