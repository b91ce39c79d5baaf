package io.espalier.train;

import io.espalier.emitted.PredictionBuilder;
import io.espalier.emitted.PredictionCode;
import io.espalier.model.NetworkDescription;
import java.util.function.Function;

/**
 * The forward pass of prediction: no dropout, batch norm on its running statistics. It owns its buffers and allocates
 * nothing per call. Not thread-safe.
 */
public final class PredictionPass {
    private final ForwardPass pass;

    /**
     * Allocates the buffers.
     *
     * @param network what it consists of
     * @param values all values of the network; read at {@link #refresh()} and in every pass
     * @param maxBatch the most examples of a call, at least 1
     * @param code builds the emitted code
     * @throws IllegalArgumentException if {@code maxBatch} is below 1
     */
    public PredictionPass(
            NetworkDescription network,
            float[] values,
            int maxBatch,
            Function<PredictionBuilder, PredictionCode> code) {
        pass = new ForwardPass(network, values, maxBatch, 0, code);
    }

    /** Works out again what is derived from the values, after they have changed. */
    public void refresh() {
        pass.refresh();
    }

    /**
     * The logits of some examples.
     *
     * @param inputs {@code [size][inputSize]}, row-major
     * @param size rows, 1 to {@link #maxBatch()}
     * @param out receives {@code [size][outputSize]}, row-major
     * @throws IllegalArgumentException if a length does not fit
     */
    public void logits(float[] inputs, int size, float[] out) {
        pass.outputs(0, inputs, 0, size, out);
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
