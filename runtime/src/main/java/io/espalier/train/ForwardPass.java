package io.espalier.train;

import io.espalier.emitted.PassBuilder;
import io.espalier.emitted.PredictionBuilder;
import io.espalier.emitted.PredictionCode;
import io.espalier.model.NetworkDescription;
import java.util.function.Function;

/** Takes examples through an emitted forward pass, some rows at a time. It allocates nothing per call. Not thread-safe. */
final class ForwardPass {
    /** Examples that go through the network at a time: enough to use a weight often while it is in the cache. */
    private static final int MOST_EXAMPLES = 64;

    /** What their buffers take together at most, so that what lies between two stages stays in the cache. */
    private static final long MOST_BYTES = 2L << 20;

    private final int maxBatch;
    private final int inputSize;
    private final int outputSize;
    private final PredictionBuilder built;
    private final InputRows input;
    private final PredictionCode code;

    ForwardPass(
            NetworkDescription network,
            float[] values,
            int maxBatch,
            long seed,
            Function<PredictionBuilder, PredictionCode> code) {
        if (maxBatch < 1) {
            throw new IllegalArgumentException("maxBatch must be at least 1, not " + maxBatch);
        }
        this.maxBatch = maxBatch;
        this.inputSize = Fit.volume(network.input());
        this.outputSize = Fit.volume(network.output());
        // What an example takes is known when the buffers of one are there.
        PredictionBuilder single = new PredictionBuilder(values, 1, seed);
        PredictionCode ofSingle = code.apply(single);
        long fitting = MOST_BYTES / Math.max(1, single.bytesPerExample());
        int examples = Math.min(maxBatch, Math.clamp(fitting, 1, MOST_EXAMPLES));
        this.built = examples == 1 ? single : new PredictionBuilder(values, examples, seed);
        this.code = examples == 1 ? ofSingle : code.apply(built);
        this.input = new InputRows(inputSize, built);
        this.code.refresh();
    }

    PassBuilder built() {
        return built;
    }

    void refresh() {
        code.refresh();
    }

    int inputSize() {
        return inputSize;
    }

    int outputSize() {
        return outputSize;
    }

    int maxBatch() {
        return maxBatch;
    }

    /**
     * The outputs of some examples among others.
     *
     * @param drawStep the number of the sample, 0 where nothing is random
     * @param first the first of the examples
     */
    void outputs(int drawStep, float[] inputs, int first, int size, float[] out) {
        if (size < 1 || size > maxBatch) {
            throw new IllegalArgumentException(
                    "size must be 1 to " + maxBatch + " (the maxBatch asked for), not " + size);
        }
        if (inputs.length < ((long) first + size) * inputSize) {
            throw new IllegalArgumentException("The network takes " + inputSize + " input values an example, " + size
                    + " examples are " + (long) size * inputSize + " values, but there are " + inputs.length);
        }
        if (out.length < (long) size * outputSize) {
            throw new IllegalArgumentException("The network gives " + outputSize + " values an example, " + size
                    + " examples are " + (long) size * outputSize + " values, but there is room for " + out.length);
        }
        float[] outputs = built.outputs();
        int outputStride = PassBuilder.stride(outputSize);
        for (int from = 0; from < size; from += built.capacity()) {
            int rows = Math.min(built.capacity(), size - from);
            built.state().begin(drawStep, first + from, rows, 1);
            input.copy(inputs, first + from, 0, rows);
            code.forward(rows);
            for (int row = 0; row < rows; row++) {
                System.arraycopy(outputs, row * outputStride, out, (from + row) * outputSize, outputSize);
            }
        }
    }
}
