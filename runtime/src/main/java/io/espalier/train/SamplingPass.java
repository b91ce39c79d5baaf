package io.espalier.train;

import io.espalier.random.Purpose;
import io.espalier.random.RandomStream;

/**
 * A forward pass of Monte-Carlo sampling: the noise of training is on, batch norm is on its running statistics and leaves them
 * as they are. The noise is a function of seed, sample and row alone. The compiler emits a subclass for each network that asks
 * for it. Not thread-safe.
 */
public abstract class SamplingPass extends PredictionPass {
    /** Makes passes over some values. */
    @FunctionalInterface
    public interface Maker {
        /**
         * Makes a pass.
         *
         * @param values all values of the network
         * @param maxBatch the most examples of a call, at least 1
         * @param seed fixes the noise
         * @return the pass
         */
        SamplingPass make(float[] values, int maxBatch, long seed);
    }

    /** Fixes every random draw; not the user's seed, so that samples and training steps with one seed are unlike. */
    protected final long seed;

    private int sample = -1;

    /**
     * Allocates the buffers.
     *
     * @param values all values of the network; read at {@link #refresh()} and in every pass
     * @param maxBatch the most examples of a call, at least 1
     * @param inputSize input values of an example
     * @param outputSize output values of an example
     * @param bufferCount how many buffers there are; the first takes the input
     * @param bufferStride values in a row of the widest stage, a multiple of 16
     * @param seed fixes the noise
     */
    protected SamplingPass(
            float[] values, int maxBatch, int inputSize, int outputSize, int bufferCount, int bufferStride, long seed) {
        super(values, maxBatch, inputSize, outputSize, bufferCount, bufferStride);
        RandomStream drawn = new RandomStream(seed, Purpose.MONTE_CARLO, 0);
        this.seed = (long) drawn.nextInt() << Integer.SIZE | Integer.toUnsignedLong(drawn.nextInt());
    }

    /** {@return the number of the sample, which makes its noise differ from another one's} */
    protected final int drawStep() {
        return sample;
    }

    /** Draws what differs from sample to sample but not from row to row; overridden where there is such a thing. */
    protected void drawWeights() {}

    /**
     * One sample's logits of some examples among others.
     *
     * @param ofSample the sample's number, from 0
     * @param inputs {@code [first + size][inputSize]} or more, row-major
     * @param first the first of the examples; its noise depends on this place
     * @param size rows, 1 to {@link #maxBatch()}
     * @param out receives {@code [size][outputSize]}, row-major
     * @throws IllegalArgumentException if a length does not fit
     */
    public final void sample(int ofSample, float[] inputs, int first, int size, float[] out) {
        if (sample != ofSample) {
            sample = ofSample;
            drawWeights();
        }
        logits(inputs, first, size, out);
    }
}
