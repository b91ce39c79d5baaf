package io.espalier.train;

import io.espalier.emitted.PredictionBuilder;
import io.espalier.emitted.PredictionCode;
import io.espalier.model.NetworkDescription;
import io.espalier.random.Purpose;
import io.espalier.random.RandomStream;
import java.util.function.Function;

/**
 * A forward pass of Monte-Carlo sampling: the noise of training is on, as at its end, batch norm is on its running statistics
 * and leaves them as they are. The noise is a function of seed, sample and row alone. It allocates nothing per call. Not
 * thread-safe.
 */
public final class SamplingPass {
    private final ForwardPass pass;
    private final MaskedWeights masked;
    private int sample = -1;

    /**
     * Allocates the buffers.
     *
     * @param network what it consists of
     * @param values all values of the network, which do not change
     * @param maxBatch the most examples of a call, at least 1
     * @param seed fixes the noise
     * @param code builds the emitted code
     * @throws IllegalArgumentException if {@code maxBatch} is below 1
     */
    public SamplingPass(
            NetworkDescription network,
            float[] values,
            int maxBatch,
            long seed,
            Function<PredictionBuilder, PredictionCode> code) {
        pass = new ForwardPass(network, values, maxBatch, ofSampling(seed), code);
        masked = new MaskedWeights(pass.built());
    }

    /** Not the user's seed, so that samples and training steps with one seed are unlike. */
    private static long ofSampling(long seed) {
        RandomStream drawn = new RandomStream(seed, Purpose.MONTE_CARLO, 0);
        return (long) drawn.nextInt() << Integer.SIZE | Integer.toUnsignedLong(drawn.nextInt());
    }

    /**
     * One sample's logits of some examples among others.
     *
     * @param ofSample the sample's number, from 0
     * @param inputs {@code [first + size][inputSize]} or more, row-major
     * @param first the first of the examples; its noise depends on this place
     * @param size rows, 1 to {@link #maxBatch()}
     * @param out receives {@code [size][outputSize]}, row-major
     * @throws IllegalArgumentException if a length does not fit, or a row comes after those whose draws can be told apart
     */
    public void sample(int ofSample, float[] inputs, int first, int size, float[] out) {
        if (sample != ofSample) {
            sample = ofSample;
            // What a sample takes of a weight is the same for all rows.
            pass.built().state().begin(sample, 0, 1, 1);
            masked.drawAll();
        }
        pass.outputs(sample, inputs, first, size, out);
    }

    /**
     * Input values of an example.
     *
     * @return at least 1
     */
    public int inputSize() {
        return pass.inputSize();
    }

    /**
     * Output values of an example.
     *
     * @return at least 1
     */
    public int outputSize() {
        return pass.outputSize();
    }

    /**
     * The most examples of a call.
     *
     * @return at least 1
     */
    public int maxBatch() {
        return pass.maxBatch();
    }
}
