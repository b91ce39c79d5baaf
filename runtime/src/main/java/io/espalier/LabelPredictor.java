package io.espalier;

import io.espalier.kernel.Sigmoid;
import io.espalier.model.NetworkDescription;
import io.espalier.train.PredictionPass;
import java.util.function.IntFunction;

/**
 * Predicts independent labels with a copy of a network's weights. Thread-safe: the methods may be called by any number of
 * threads. Who predicts much in one thread takes a {@link Session}, which allocates nothing.
 */
public final class LabelPredictor extends SessionPool<LabelPredictor.Session> {

    LabelPredictor(NetworkDescription description, IntFunction<PredictionPass> passes) {
        super(description, maxBatch -> new Session(passes.apply(maxBatch)));
    }

    /**
     * The probabilities of the labels for one example. They do not add up to 1: any number of labels may hold.
     *
     * @param input the example, row-major, of the network's input size
     * @return one probability for each label
     * @throws IllegalArgumentException if the length is another
     */
    public float[] probabilities(float[] input) {
        return answer(input);
    }

    /** Predicts in one thread, without allocating anything per call. */
    public static final class Session extends SessionPool.Base {
        private Session(PredictionPass pass) {
            super(pass);
        }

        /**
         * The logits of some examples: what the network gives before the sigmoid.
         *
         * @param inputs {@code [size][inputSize]}, row-major
         * @param size rows, 1 to the session's {@code maxBatch}
         * @param out receives {@code [size][labels]}, row-major
         * @throws IllegalArgumentException if a length does not fit
         * @throws IllegalStateException if the session is closed
         */
        public void logits(float[] inputs, int size, float[] out) {
            outputs(inputs, size, out);
        }

        /**
         * The probabilities of the labels for some examples.
         *
         * @param inputs {@code [size][inputSize]}, row-major
         * @param size rows, 1 to the session's {@code maxBatch}
         * @param out receives {@code [size][labels]}, row-major
         * @throws IllegalArgumentException if a length does not fit
         * @throws IllegalStateException if the session is closed
         */
        public void probabilities(float[] inputs, int size, float[] out) {
            outputs(inputs, size, out);
            Sigmoid.apply(out, 0, size * pass().outputSize(), out, 0);
        }

        @Override
        void answer(float[] inputs, int size, float[] out) {
            probabilities(inputs, size, out);
        }
    }
}
