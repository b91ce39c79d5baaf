package io.espalier.train;

import io.espalier.data.Batch;
import io.espalier.emitted.GradientSum;
import io.espalier.emitted.PassBuilder;
import io.espalier.emitted.StepBuilder;
import io.espalier.model.GradientView;
import io.espalier.model.Parameters;
import java.util.List;
import java.util.function.Consumer;

/**
 * One training step of a network, again and again: forward, loss, backward, update. It owns every buffer and thread it
 * needs; a step allocates nothing.
 *
 * <p>Everything random is a function of the seed, the step's number and the row, and every sum over examples has a fixed
 * order: the same seed gives the same bits on any number of threads.
 *
 * <p>Not thread-safe: one thread calls it, and it uses further ones by itself.
 */
public final class TrainingStep implements AutoCloseable {
    private final StepEngine engine;
    private final Parameters parameters;
    private final Runnable onClose;
    private final int inputSize;
    private final int outputSize;
    private final int capacity;
    private final int[] vectors;

    /** Updates made; what is random depends on it. */
    private long step;

    private double progress = 1;
    private double progressOfStep = 1;
    private boolean closed;
    private int examples;
    private boolean meanGradients;
    private double gradientDivisor;
    private State state = State.NOTHING;

    /** What the buffers hold. */
    private enum State {
        NOTHING,
        FORWARD,
        GRADIENTS
    }

    /**
     * Allocates all that is needed.
     *
     * @param context the network's values and what the user asked for
     * @param code builds the emitted code, which registers its phases and gradients
     * @throws IllegalArgumentException if the batch would need arrays beyond Java's limit
     */
    public TrainingStep(TrainingContext context, Consumer<StepBuilder> code) {
        parameters = context.parameters();
        onClose = context.onClose();
        inputSize = Fit.volume(context.description().input());
        outputSize = Fit.volume(context.description().output());
        capacity = context.maxBatch();
        vectors = StageProbe.vectors(parameters);
        engine = new StepEngine(context, code);
        parameters.gradients(new View());
    }

    /** What parameters show of the gradients at hand. */
    private final class View implements GradientView {
        @Override
        public float[] gradients() {
            if (state != State.GRADIENTS) {
                throw new IllegalStateException(
                        "There are no gradients: call forwardBackward, accumulate or backward first");
            }
            return engine.gradients();
        }

        @Override
        public float scale() {
            return gradientScale();
        }
    }

    /**
     * Says how far the training has come. Strengths that grow over a training go by it, from the next batch on whose gradients
     * are not added to others. The {@link Trainer} does so before every step; who writes a loop of his own and does not say
     * it trains at full strength.
     *
     * @param ofTraining the steps done over the steps planned, 0 to 1; 1 unless it is told
     * @throws IllegalArgumentException if it is out of range
     */
    public void progress(double ofTraining) {
        if (!(ofTraining >= 0 && ofTraining <= 1)) {
            throw new IllegalArgumentException(
                    "The progress of a training is from 0 to 1, the steps done over the steps planned, not "
                            + ofTraining);
        }
        progress = ofTraining;
    }

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
    public void classWeights(float... weights) {
        engine.loss().classWeights(weights);
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
    public float forwardBackward(Batch batch) {
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
     * @throws IllegalArgumentException if the batch does not fit the network, or there are more rows in all than random draws
     *     can be told apart: 2<sup>29</sup> over the words of 64 elements of a row's widest mask
     * @throws IllegalStateException if the step is closed, or the gradients at hand come from {@link #backward}
     */
    public float accumulate(Batch batch) {
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
        engine.forwardLossBackward(add);
        int rows = engine.rows();
        examples = add ? examples + rows : rows;
        meanGradients = true;
        state = State.GRADIENTS;
        double divisor = engine.loss().divisor(rows);
        gradientDivisor = add ? gradientDivisor + divisor : divisor;
        return divisor == 0 ? 0 : (float) (engine.loss().sum(rows) / divisor);
    }

    /**
     * The forward pass of training, dropout and batch statistics included, for a loss of one's own. Gradients at hand are
     * dropped.
     *
     * @param batch the inputs; its targets are not looked at
     * @throws IllegalArgumentException if the batch does not fit the network
     * @throws IllegalStateException if the step is closed
     */
    public void forward(Batch batch) {
        begin(batch, 0);
        engine.forward();
        state = State.FORWARD;
    }

    /**
     * The outputs of the last pass: logits for a classifier.
     *
     * @param into receives {@code [rows][outputs]}, row-major
     * @throws IllegalArgumentException if there is no room
     * @throws IllegalStateException if there was no pass yet
     */
    public void outputs(float[] into) {
        requireOpen();
        int rows = engine.rows();
        int width = outputSize;
        if (rows == 0) {
            throw new IllegalStateException("There are no outputs yet: call forward or forwardBackward first");
        }
        if (into.length < rows * width) {
            throw new IllegalArgumentException("The outputs are " + rows + " rows of " + width
                    + " values, and the array has room for " + into.length + " values");
        }
        float[] logits = engine.outputs();
        int stride = PassBuilder.stride(width);
        for (int row = 0; row < rows; row++) {
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
    public void backward(float[] outputGradient) {
        requireOpen();
        if (state != State.FORWARD) {
            throw new IllegalStateException(
                    "backward needs the values of a forward pass: call forward(batch) before it");
        }
        if (engine.isStale(parameters.version())) {
            throw new IllegalStateException(
                    "A parameter was set after forward(batch), whose values backward needs; call forward again");
        }
        int rows = engine.rows();
        if (outputGradient.length != rows * outputSize) {
            throw new IllegalArgumentException("The gradient of the outputs has " + rows + " rows of " + outputSize
                    + " values, but " + outputGradient.length + " values were given");
        }
        engine.backward(outputGradient);
        examples = rows;
        meanGradients = false;
        state = State.GRADIENTS;
    }

    /**
     * The optimizer's update with the gradients at hand, clipped where the model says so. It advances the step counter and
     * with it the masks.
     *
     * @param learningRate the rate, at least 0
     * @throws IllegalArgumentException if the rate is negative or not finite
     * @throws IllegalStateException if there are no gradients, or the step is closed
     */
    public void update(float learningRate) {
        requireOpen();
        if (state != State.GRADIENTS) {
            throw new IllegalStateException(
                    "There are no gradients to update with: call forwardBackward, accumulate or backward first");
        }
        if (!(learningRate >= 0) || Float.isInfinite(learningRate)) {
            throw new IllegalArgumentException("The learning rate must be finite and at least 0, not " + learningRate);
        }
        step++;
        engine.update(gradientScale(), learningRate, step);
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
    public void freeze(String... patterns) {
        requireOpen();
        if (state == State.GRADIENTS) {
            throw new IllegalStateException("There are gradients at hand; update with them before freezing parameters");
        }
        engine.freeze(List.of(patterns));
    }

    /**
     * Whether the gradients at hand are finite, by those of biases and norms: they are sums of what flows back, so that an
     * infinity or a NaN in it is among them, and they are few.
     */
    boolean gradientsFinite() {
        float[] gradients = engine.gradients();
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
    double lossWeight() {
        return engine.loss().weight(engine.rows());
    }

    /** Whether the outputs of the last pass are finite. */
    boolean outputsFinite() {
        float[] outputs = new float[engine.rows() * outputSize];
        outputs(outputs);
        return NonFinite.allFinite(outputs);
    }

    /** The live values of the network. */
    float[] values() {
        return engine.values();
    }

    /** Runs the last batch forward again: a backward pass may have put gradients where values lay. */
    void forwardAgain() {
        engine.forward();
    }

    /** The sums that are gradients, with the buffers that they are taken of, for the search for what is not finite. */
    List<GradientSum> gradientSums() {
        return engine.gradientSums();
    }

    /** What the optimizer keeps for each trained value, in as many arrays. */
    float[][] moments() {
        return engine.moments();
    }

    /** What is frozen. */
    FrozenParameters frozen() {
        return engine.frozen();
    }

    /** Goes on counting where another training was left; its moments are set beside this. */
    void resume(long afterStep) {
        step = afterStep;
    }

    /**
     * How many updates were made.
     *
     * @return 0 at first
     */
    public long step() {
        return step;
    }

    /**
     * The most rows of a batch.
     *
     * @return at least 1
     */
    public int maxBatch() {
        return capacity;
    }

    /** Ends the threads; the network keeps its weights and may train in another step. Closing twice does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            parameters.gradients(null);
            engine.close();
            onClose.run();
        }
    }

    private void begin(Batch batch, int rowsBefore) {
        requireOpen();
        requireFitting(batch);
        double progressOfBatch = rowsBefore == 0 ? progress : progressOfStep;
        engine.begin(batch, step, rowsBefore, progressOfBatch, parameters.version());
        progressOfStep = progressOfBatch;
        if (state == State.FORWARD) {
            state = State.NOTHING;
        }
    }

    private void requireFitting(Batch batch) {
        if (batch.inputSize() != inputSize) {
            throw new IllegalArgumentException("The network takes " + inputSize
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
        engine.loss().require(batch);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This training step is closed; make another with network.trainingStep(…)");
        }
    }
}
