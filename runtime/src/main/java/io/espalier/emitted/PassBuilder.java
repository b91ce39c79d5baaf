package io.espalier.emitted;

import io.espalier.kernel.DropoutMask;
import io.espalier.kernel.MaskedWeight;
import io.espalier.kernel.NormalDraws;
import java.util.ArrayList;
import java.util.List;

/**
 * What emitted code is built from, whatever it runs for: the values, buffers with a row for each example, and what is random.
 * It is handed to the constructors of emitted classes, which take from it what they keep in fields of their own; regions that
 * are run are handed it in their turn.
 */
public abstract sealed class PassBuilder permits StepBuilder, PredictionBuilder {
    /** So many normal values take as many random numbers as {@value #WORDS_OF_GROUP} words of a mask: sixteen blocks. */
    private static final int DRAWS_OF_GROUP = 64;

    private static final int WORDS_OF_GROUP = 2;

    private final float[] values;
    private final int capacity;
    private final StepState state;
    private final List<MaskedPart> masked = new ArrayList<>();
    private float[] inputs = {};
    private int inputPositions = 1;
    private int inputStride;
    private float[] outputs = {};
    private long bytesPerExample;

    /**
     * Weights of which drop connect takes a part.
     *
     * @param weight where the weight starts among the values
     * @param in input features
     * @param out output features
     * @param rate the probability of dropping
     * @param stream number of the random stream
     * @param withTranspose whether the transpose is needed
     * @param part what is taken
     */
    public record MaskedPart(
            int weight, int in, int out, Rate rate, int stream, boolean withTranspose, MaskedWeight part) {}

    PassBuilder(float[] values, int capacity, StepState state) {
        this.values = values;
        this.capacity = capacity;
        this.state = state;
    }

    /**
     * Values from row to row of a buffer of a width: rows start at multiples of 16, so that loops need no tail.
     *
     * @param width values of an example
     * @return the width, rounded up to a multiple of 16
     */
    public static int stride(int width) {
        return (width + 15) & -16;
    }

    /**
     * All values of the network, in the order of its own layout.
     *
     * @return the live array
     */
    public final float[] values() {
        return values;
    }

    /**
     * The most rows of a pass.
     *
     * @return at least 1
     */
    public final int capacity() {
        return capacity;
    }

    /**
     * Says how the first stages read the inputs of the examples at hand, which the runtime copies there.
     *
     * @param positions rows of an example, of which each holds {@code input size / positions} values
     * @param stride values from row to row
     * @return the buffer, padded with 0
     * @throws IllegalArgumentException if it would be longer than an array can be
     */
    public final float[] inputs(int positions, int stride) {
        inputPositions = positions;
        inputStride = stride;
        inputs = rows(Math.multiplyExact(positions, stride));
        return inputs;
    }

    /**
     * For the runtime: where it copies the inputs.
     *
     * @return the buffer, empty where nobody has asked for the inputs
     */
    public final float[] inputs() {
        return inputs;
    }

    /**
     * For the runtime: rows of an example in that buffer.
     *
     * @return at least 1
     */
    public final int inputPositions() {
        return inputPositions;
    }

    /**
     * For the runtime: values from row to row of that buffer.
     *
     * @return at least {@code input size / positions}
     */
    public final int inputStride() {
        return inputStride;
    }

    /**
     * For the runtime: what an example takes of the arrays that were handed out, those of tasks included.
     *
     * @return bytes
     */
    public final long bytesPerExample() {
        return bytesPerExample;
    }

    /**
     * The numbers of the step.
     *
     * @return what emitted code may ask while it runs
     */
    public final StepState state() {
        return state;
    }

    /**
     * An array with so many values for every example.
     *
     * @param perExample values of an example: rows of all its positions, or a number for each
     * @return the array
     * @throws IllegalArgumentException if it would be longer than an array can be
     */
    public final float[] rows(int perExample) {
        return new float[used(perExample, Float.BYTES)];
    }

    /**
     * Arrays that stages share, each while it is at work.
     *
     * @param perExample for each of them the values of an example
     * @return the arrays
     * @throws IllegalArgumentException if one would be longer than an array can be
     */
    public final float[][] shared(int... perExample) {
        float[][] shared = new float[perExample.length][];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = rows(perExample[i]);
        }
        return shared;
    }

    /**
     * A mask of bits for every row, as {@link DropoutMask} draws it.
     *
     * @param wordsPerRow as of {@link DropoutMask#wordsPerRow}
     * @return the words
     * @throws IllegalArgumentException if they would be more than an array can hold
     */
    public final long[] mask(int wordsPerRow) {
        state.wordsPerRow(wordsPerRow);
        return new long[used(wordsPerRow, Long.BYTES)];
    }

    /**
     * Normal values for every row, as {@link NormalDraws} draws them.
     *
     * @param stride places of a row, as of {@link NormalDraws#stride}
     * @return the buffer
     * @throws IllegalArgumentException if it would be longer than an array can be
     */
    public final float[] draws(int stride) {
        state.wordsPerRow((long) Math.ceilDiv(stride, DRAWS_OF_GROUP) * WORDS_OF_GROUP);
        return new float[used(stride, Float.BYTES)];
    }

    /**
     * A rate that stays as it is.
     *
     * @param p the probability, in [0, 1)
     * @return the rate
     * @throws IllegalArgumentException if the probability is out of range
     */
    public final Rate rate(double p) {
        return rate(p, Ramp.CONSTANT);
    }

    /**
     * A rate.
     *
     * @param p the probability at the end of the training, in [0, 1)
     * @param ramp how it gets there
     * @return the rate
     * @throws IllegalArgumentException if the probability is out of range
     */
    public final Rate rate(double p, Ramp ramp) {
        return state.add(new Rate(p, ramp));
    }

    /**
     * The rate of one of the residual branches that a drop path governs.
     *
     * @param p the rate, of the last branch where it is linear, in [0, 1)
     * @param linear whether the rate of branch i of n is {@code p·i/(n − 1)}, 0 for n = 1; else it is p everywhere
     * @param branch i, from 0, in the order of depth
     * @param branches n, at least 1
     * @return the rate
     * @throws IllegalArgumentException if there are not so many branches, or the probability is out of range
     */
    public final Rate branchRate(double p, boolean linear, int branch, int branches) {
        if (branch < 0 || branch >= branches) {
            throw new IllegalArgumentException(
                    "There are " + branches + " residual branches, and none has the number " + branch);
        }
        return rate(!linear ? p : branches == 1 ? 0 : p * branch / (branches - 1));
    }

    /**
     * A strength that stays as it is, such as a standard deviation.
     *
     * @param value any finite number
     * @return the strength
     */
    public final Strength strength(double value) {
        return strength(value, Ramp.CONSTANT);
    }

    /**
     * A strength.
     *
     * @param value what it is at the end of the training, any finite number
     * @param ramp how it gets there
     * @return the strength
     */
    public final Strength strength(double value, Ramp ramp) {
        return state.add(new Strength(value, ramp));
    }

    /**
     * Registers a dense weight of which drop connect takes another part in each step, or sample.
     *
     * @param weight where the weight starts among the values
     * @param in input features
     * @param out output features
     * @param rate the probability of dropping
     * @param stream number of the random stream
     * @param withTranspose whether the transpose is needed, for the gradient of its input
     * @return the part, drawn anew before each step
     */
    public final MaskedWeight maskedWeight(int weight, int in, int out, Rate rate, int stream, boolean withTranspose) {
        MaskedWeight part = new MaskedWeight(in, out, withTranspose);
        masked.add(new MaskedPart(weight, in, out, rate, stream, withTranspose, part));
        return part;
    }

    /**
     * Says where the outputs lie after the forward pass: logits for a classifier.
     *
     * @param buffer rows of {@code stride(output size)} values
     */
    public final void outputs(float[] buffer) {
        outputs = buffer;
    }

    /**
     * For the runtime: where the outputs lie.
     *
     * @return the buffer
     */
    public final float[] outputs() {
        return outputs;
    }

    /**
     * For the runtime: the weights of which drop connect takes a part.
     *
     * @return in the order in which they were registered
     */
    public final List<MaskedPart> masked() {
        return List.copyOf(masked);
    }

    private int used(int perExample, int bytes) {
        int length = length(capacity, perExample);
        use((long) perExample * bytes);
        return length;
    }

    /** Counts what an example takes. */
    final void use(long bytesOfExample) {
        bytesPerExample += bytesOfExample;
    }

    final int length(int rows, int perRow) {
        long length = (long) rows * perRow;
        if (length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("A batch of " + capacity + " examples needs a buffer of " + length
                    + " values, and an array holds at most 2147483639; use a maxBatch of at most "
                    + (Integer.MAX_VALUE - 8L) * capacity / length);
        }
        return (int) length;
    }
}
