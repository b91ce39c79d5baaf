package io.espalier;

import io.espalier.model.NetworkDescription;
import io.espalier.train.PredictionPass;
import java.util.function.IntFunction;

/**
 * Predicts values with a copy of a network's weights. Thread-safe: the methods may be called by any number of threads. Who
 * predicts much in one thread takes a {@link Session}, which allocates nothing.
 */
public final class ValuePredictor extends SessionPool<ValuePredictor.Session> {

    ValuePredictor(NetworkDescription description, IntFunction<PredictionPass> passes) {
        super(description, maxBatch -> new Session(passes.apply(maxBatch)));
    }

    /**
     * The values for one example, in the unit of the targets that the network was trained on.
     *
     * @param input the example, row-major, of the network's input size
     * @return one value for each output
     * @throws IllegalArgumentException if the length is another
     */
    public float[] values(float[] input) {
        return answer(input);
    }

    /** Predicts in one thread, without allocating anything per call. */
    public static final class Session extends SessionPool.Base {
        private Session(PredictionPass pass) {
            super(pass);
        }

        /**
         * The values for some examples.
         *
         * @param inputs {@code [size][inputSize]}, row-major
         * @param size rows, 1 to the session's {@code maxBatch}
         * @param out receives {@code [size][outputs]}, row-major
         * @throws IllegalArgumentException if a length does not fit
         * @throws IllegalStateException if the session is closed
         */
        public void values(float[] inputs, int size, float[] out) {
            outputs(inputs, size, out);
        }

        @Override
        void answer(float[] inputs, int size, float[] out) {
            values(inputs, size, out);
        }
    }
}
