package io.espalier.train;

/**
 * The passes of a training step, as the emitted subclass writes them, and what they are given to run on: threads, the batch at
 * hand, losses. Only {@link TrainingStep} extends it.
 */
public abstract class StepPhases extends StepBuffers {
    final Workers workers;
    final StepLoss loss;

    /** Updates made; what is random depends on it. */
    long step;

    float[] batchInputs = {};
    int size;
    int firstRow;

    private final RowTasks rowTasks;
    private final WideProducts wideProducts;

    StepPhases(TrainingContext context, StepLayout layout) {
        super(context, layout);
        this.loss = new StepLoss(context.description(), layout, capacity);
        this.workers = new Workers(context.threads());
        this.rowTasks = new RowTasks(workers);
        this.wideProducts = new WideProducts(workers);
    }

    // What it does.

    /** Runs the forward pass of the current batch, up to the logits. */
    protected abstract void forwardPass();

    /** Runs the backward pass from the gradient of the logits in gradient buffer 0. */
    protected abstract void backwardPass();

    /** Runs both with the loss between them; overridden where all of it is one phase of independent rows. */
    protected abstract void forwardBackwardPass();

    /** {@return the buffer of the logits, its rows {@link #stride} of the output size apart} */
    protected abstract float[] logits();

    /**
     * Updates a range of values.
     *
     * @param from first value
     * @param to value after the last
     * @param gradientScale what the gradient sums are multiplied with
     * @param learningRate the step's rate
     * @param stepNumber the step's number, from 1
     */
    protected abstract void updateRange(int from, int to, float gradientScale, float learningRate, long stepNumber);

    // What it is given.

    /**
     * Runs a phase over all rows of the batch, shared among the threads.
     *
     * @param owner what runs
     * @param ofOwner which of its phases
     */
    protected final void overRows(RowPhase owner, int ofOwner) {
        rowTasks.run(owner, ofOwner, size);
    }

    /**
     * A product over the whole batch, its columns shared among the threads: for weights that are too large for a cache.
     *
     * @param a what is multiplied, rows of {@code aStride} values
     * @param aStride values from row to row of {@code a}
     * @param depth values of a row
     * @param panels the packed weight
     * @param panelsOffset where it starts
     * @param columns values of a row of the product
     * @param c receives the product
     * @param cStride values from row to row of {@code c}
     */
    protected final void wideProduct(
            float[] a, int aStride, int depth, float[] panels, int panelsOffset, int columns, float[] c, int cStride) {
        wideProducts.multiply(a, aStride, depth, panels, panelsOffset, columns, c, cStride, size);
    }

    /** {@return the rows of the current batch} */
    protected final int batchRows() {
        return size;
    }

    /** {@return where the batch's first row stands in the global batch: not at 0 when gradients are accumulated} */
    protected final int firstRow() {
        return firstRow;
    }

    /** {@return the counter that makes this step's random draws differ from the next one's} */
    protected final int drawStep() {
        return (int) step;
    }

    /**
     * Copies rows of the batch into {@link #input}.
     *
     * @param from first row
     * @param to row after the last
     */
    protected final void readInput(int from, int to) {
        int width = layout.inputSize();
        if (width == inputStride) {
            System.arraycopy(batchInputs, from * width, input, from * width, (to - from) * width);
        } else {
            for (int row = from; row < to; row++) {
                System.arraycopy(batchInputs, row * width, input, row * inputStride, width);
            }
        }
    }

    /**
     * Softmax cross-entropy: the loss of some rows, and its gradient into gradient buffer 0.
     *
     * @param smoothing label smoothing, 0 for none
     * @param from first row
     * @param to row after the last
     */
    protected final void crossEntropy(float smoothing, int from, int to) {
        loss.crossEntropy(smoothing, logits(), gradientBuffers[0], from, to);
    }

    /**
     * Cross-entropy of independent labels: the loss of some rows, and its gradient into gradient buffer 0.
     *
     * @param from first row
     * @param to row after the last
     */
    protected final void binaryCrossEntropy(int from, int to) {
        loss.binaryCrossEntropy(logits(), gradientBuffers[0], from, to);
    }

    /**
     * Squared error: the loss of some rows, and its gradient into gradient buffer 0.
     *
     * @param from first row
     * @param to row after the last
     */
    protected final void meanSquaredError(int from, int to) {
        loss.meanSquaredError(logits(), gradientBuffers[0], from, to);
    }
}
