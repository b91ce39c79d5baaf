package io.espalier.train;

import io.espalier.data.Batch;
import io.espalier.model.GradientView;
import io.espalier.model.Parameters;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One training step of a network, again and again: forward, loss, backward, update. It owns every buffer and thread it
 * needs; a step allocates nothing. The compiler emits a subclass for each network.
 *
 * <p>Everything random is a function of the seed, the step's number and the row, and every sum over examples has a fixed
 * order: the same seed gives the same bits on any number of threads.
 *
 * <p>Not thread-safe: one thread calls it, and it uses further ones by itself.
 */
public abstract class TrainingStep extends StepPhases implements AutoCloseable {
    private final Runnable onClose;
    private final Parameters parameters;
    private final FrozenParameters frozen;
    private @Nullable UpdateTasks updates;
    private final RowPhase givenGradientPhase = this::takeGivenGradient;
    private final int[] vectors;

    private long parameterVersion = -1;
    private long maskedStep = -1;
    private boolean closed;
    private int examples;
    private boolean meanGradients;
    private double gradientDivisor;
    private State state = State.NOTHING;

    private float @Nullable [] givenGradient;

    /** What the buffers hold. */
    private enum State {
        NOTHING,
        FORWARD,
        GRADIENTS
    }

    /**
     * Allocates what every network needs; the subclass adds its own buffers and calls {@link #ready()}.
     *
     * @param context the network's values and what the user asked for
     * @param layout the network's sizes
     */
    @SuppressWarnings("this-escape") // what is handed out here is called in steps only, when the subclass is whole
    protected TrainingStep(TrainingContext context, StepLayout layout) {
        super(context, layout);
        this.parameters = context.parameters();
        this.onClose = context.onClose();
        this.frozen = new FrozenParameters(parameters, values, layout.trainable());
        this.vectors = StageProbe.vectors(parameters);
    }

    // What the emitted subclass builds itself from.

    /** Called by the subclass when all its buffers and gradients are registered. */
    protected final void ready() {
        gradientTasks.seal();
        updates = new UpdateTasks(this, frozen, workers.count(), this::updateRange);
        workers.start();
        parameters.gradients(new GradientView() {
            @Override
            public float[] gradients() {
                if (state != State.GRADIENTS) {
                    throw new IllegalStateException(
                            "There are no gradients: call forwardBackward, accumulate or backward first");
                }
                return gradients;
            }

            @Override
            public float scale() {
                return gradientScale();
            }
        });
    }

    // What users call.

    /**
     * Lets the examples of some classes count for more than those of others, from the next batch on: the loss is then that
     * of PyTorch's {@code CrossEntropyLoss(weight, label_smoothing)}. With class indices it is the mean weighted by the
     * weights of the examples' classes (and 0 for a batch whose weights are all 0), with soft targets the mean over the
     * examples of −Σ weight·target·log p.
     *
     * @param weights one for each class, finite and at least 0, not all 0; {@link io.espalier.data.ClassWeights#balanced}
     *     works some out
     * @throws IllegalArgumentException if there are not as many as classes, or one is out of range
     * @throws IllegalStateException if the network's loss is not cross-entropy over classes
     */
    public final void classWeights(float... weights) {
        loss.classWeights(weights);
    }

    /**
     * Forward, loss and backward; gradients of earlier batches are overwritten.
     *
     * @param batch inputs and targets, 1 to {@link #maxBatch()} rows
     * @return the mean loss of the batch, as training minimizes it: with label smoothing and class weights, without
     *     penalties; over the examples, and over the outputs too where these are independent labels or values
     * @throws IllegalArgumentException if the batch does not fit the network
     * @throws IllegalStateException if the step is closed
     */
    public final float forwardBackward(Batch batch) {
        requireTargets(batch);
        begin(batch, 0);
        return gradientsOfLoss(false);
    }

    /**
     * As {@link #forwardBackward}, but the gradients are added to those since the last update, as if all the batches were
     * one. Batch norm normalizes each batch by itself.
     *
     * @param batch inputs and targets, 1 to {@link #maxBatch()} rows
     * @return the mean loss of this batch
     * @throws IllegalArgumentException if the batch does not fit the network
     * @throws IllegalStateException if the step is closed, or the gradients at hand come from {@link #backward}
     */
    public final float accumulate(Batch batch) {
        boolean add = state == State.GRADIENTS;
        if (add && !meanGradients) {
            throw new IllegalStateException(
                    "The gradients at hand come from backward(…); update with them before accumulating a loss's");
        }
        requireTargets(batch);
        begin(batch, add ? examples : 0);
        return gradientsOfLoss(add);
    }

    private float gradientsOfLoss(boolean add) {
        forwardBackwardPass();
        sumGradients(add);
        examples = add ? examples + size : size;
        meanGradients = true;
        state = State.GRADIENTS;
        double divisor = loss.divisor(size);
        gradientDivisor = add ? gradientDivisor + divisor : divisor;
        return divisor == 0 ? 0 : (float) (loss.sum(size) / divisor);
    }

    private void sumGradients(boolean add) {
        frozen.restoreStatistics();
        gradientTasks.runAll(workers, size, add);
        frozen.clear(gradients);
    }

    /**
     * The forward pass of training, dropout and batch statistics included, for a loss of one's own. Gradients at hand are
     * dropped.
     *
     * @param batch the inputs; its targets are not looked at
     * @throws IllegalArgumentException if the batch does not fit the network
     * @throws IllegalStateException if the step is closed
     */
    public final void forward(Batch batch) {
        begin(batch, 0);
        forwardPass();
        frozen.restoreStatistics();
        state = State.FORWARD;
    }

    /**
     * The outputs of the last pass: logits for a classifier.
     *
     * @param into receives {@code [rows][outputs]}, row-major
     * @throws IllegalArgumentException if there is no room
     * @throws IllegalStateException if there was no pass yet
     */
    public final void outputs(float[] into) {
        requireOpen();
        int width = layout.outputSize();
        if (size == 0) {
            throw new IllegalStateException("There are no outputs yet: call forward or forwardBackward first");
        }
        if (into.length < size * width) {
            throw new IllegalArgumentException("The outputs are " + size + " rows of " + width
                    + " values, and the array has room for " + into.length + " values");
        }
        float[] logits = logits();
        int stride = stride(width);
        for (int row = 0; row < size; row++) {
            System.arraycopy(logits, row * stride, into, row * width, width);
        }
    }

    /**
     * The backward pass of a loss of one's own; gradients of earlier batches are overwritten.
     *
     * @param outputGradient the loss's gradient with respect to the outputs, {@code [rows][outputs]}, row-major; it is
     *     taken as it is, so that of a mean holds the division by the number of rows
     * @throws IllegalArgumentException if the length is another
     * @throws IllegalStateException if the last call was not {@link #forward}
     */
    public final void backward(float[] outputGradient) {
        requireOpen();
        if (state != State.FORWARD) {
            throw new IllegalStateException(
                    "backward needs the values of a forward pass: call forward(batch) before it");
        }
        if (parameters.version() != parameterVersion) {
            throw new IllegalStateException(
                    "A parameter was set after forward(batch), whose values backward needs; call forward again");
        }
        if (outputGradient.length != size * layout.outputSize()) {
            throw new IllegalArgumentException("The gradient of the outputs has " + size + " rows of "
                    + layout.outputSize() + " values, but " + outputGradient.length + " values were given");
        }
        givenGradient = outputGradient;
        overRows(givenGradientPhase, 0);
        givenGradient = null;
        backwardPass();
        sumGradients(false);
        examples = size;
        meanGradients = false;
        state = State.GRADIENTS;
    }

    private void takeGivenGradient(int ignored, int from, int to) {
        float[] given = givenGradient;
        if (given != null) {
            int width = layout.outputSize();
            for (int row = from; row < to; row++) {
                System.arraycopy(given, row * width, gradientBuffers[0], row * layout.gradientStride(), width);
            }
        }
    }

    /**
     * The optimizer's update with the gradients at hand, clipped where the model says so. It advances the step counter and
     * with it the masks.
     *
     * @param learningRate the rate, at least 0
     * @throws IllegalArgumentException if the rate is negative or not finite
     * @throws IllegalStateException if there are no gradients, or the step is closed
     */
    public final void update(float learningRate) {
        requireOpen();
        if (state != State.GRADIENTS) {
            throw new IllegalStateException(
                    "There are no gradients to update with: call forwardBackward, accumulate or backward first");
        }
        if (!(learningRate >= 0) || Float.isInfinite(learningRate)) {
            throw new IllegalArgumentException("The learning rate must be finite and at least 0, not " + learningRate);
        }
        UpdateTasks tasks = Objects.requireNonNull(updates, "ready() was not called");
        float scale = gradientScale();
        if (layout.clipNorm() < Float.POSITIVE_INFINITY) {
            double norm = tasks.norm(workers) * scale;
            if (norm > layout.clipNorm()) {
                scale = (float) (scale * (layout.clipNorm() / norm));
            }
        }
        step++;
        tasks.update(workers, scale, learningRate, step);
        state = State.NOTHING;
    }

    private float gradientScale() {
        if (!meanGradients) {
            return 1f;
        }
        return gradientDivisor == 0 ? 0f : (float) (1 / gradientDivisor);
    }

    /**
     * Freezes parameters: from now on their values stay as they are, to the last bit. They get no update and no decay, the
     * optimizer keeps nothing for them, their gradients are zero and do not count in the norm that is clipped. Frozen running
     * statistics stay as well, but batch norm goes on normalizing by the batch's own statistics in training.
     *
     * @param patterns names of parameters, in which {@code *} stands for any characters: {@code features.*}
     * @throws java.util.NoSuchElementException if a pattern matches no name; the message lists the nearest
     * @throws IllegalArgumentException if nothing would be left to train
     * @throws IllegalStateException if there are gradients that no update has taken yet, or the step is closed
     */
    public final void freeze(String... patterns) {
        requireOpen();
        if (state == State.GRADIENTS) {
            throw new IllegalStateException("There are gradients at hand; update with them before freezing parameters");
        }
        frozen.add(List.of(patterns));
        for (float[] moment : moments) {
            frozen.clear(moment);
        }
        frozen.clear(gradients);
        updates = new UpdateTasks(this, frozen, workers.count(), this::updateRange);
    }

    /**
     * Whether the gradients at hand are finite, by those of biases and norms: they are sums of what flows back, so that an
     * infinity or a NaN in it is among them, and they are few.
     */
    final boolean gradientsFinite() {
        for (int i = 0; i < vectors.length; i += 2) {
            for (int at = vectors[i]; at < vectors[i + 1]; at++) {
                if (!Float.isFinite(gradients[at])) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What the last batch's mean loss is to be weighed by, to make a mean over batches: its examples, or their class weights. */
    final double lossWeight() {
        return loss.weight(size);
    }

    /** Whether the outputs of the last pass are finite. */
    final boolean outputsFinite() {
        float[] outputs = new float[size * layout.outputSize()];
        outputs(outputs);
        return NonFinite.allFinite(outputs);
    }

    /** Runs the last batch forward again, so that buffers hold values where a backward pass has put gradients. */
    final void forwardAgain() {
        forwardPass();
        frozen.restoreStatistics();
    }

    /** What is frozen. */
    final FrozenParameters frozen() {
        return frozen;
    }

    /** Goes on counting where another training was left; its moments are set beside this. */
    final void resume(long afterStep) {
        step = afterStep;
    }

    /**
     * How many updates were made.
     *
     * @return 0 at first
     */
    public final long step() {
        return step;
    }

    /**
     * The most rows of a batch.
     *
     * @return at least 1
     */
    public final int maxBatch() {
        return capacity;
    }

    /** Ends the threads; the network keeps its weights and may train in another step. Closing twice does nothing. */
    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            parameters.gradients(null);
            workers.close();
            onClose.run();
        }
    }

    private void begin(Batch batch, int rowsBefore) {
        requireOpen();
        requireFitting(batch);
        boolean changed = parameters.version() != parameterVersion;
        if (changed) {
            transposed.refresh(workers);
            parameterVersion = parameters.version();
        }
        if (changed || maskedStep != step) {
            masked.drawAll(workers, drawStep());
            maskedStep = step;
        }
        if (state == State.FORWARD) {
            state = State.NOTHING;
        }
        frozen.keepStatistics();
        size = batch.size();
        firstRow = rowsBefore;
        batchInputs = batch.inputs();
        loss.begin(batch);
    }

    private void requireFitting(Batch batch) {
        if (batch.inputSize() != layout.inputSize()) {
            throw new IllegalArgumentException("The network takes " + layout.inputSize()
                    + " input values an example, but the batch has " + batch.inputSize());
        }
        if (batch.size() < 1 || batch.size() > capacity) {
            throw new IllegalArgumentException("The batch has " + batch.size()
                    + " rows, and this step was made for 1 to " + capacity + "; make one with a larger maxBatch");
        }
    }

    private void requireTargets(Batch batch) {
        requireOpen();
        requireFitting(batch);
        loss.require(batch);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This training step is closed; make another with network.trainingStep(…)");
        }
    }
}
