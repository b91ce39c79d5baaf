package io.espalier;

import io.espalier.kernel.Softmax;
import io.espalier.model.NetworkDescription;
import io.espalier.train.PredictionPass;
import java.util.function.IntFunction;

/**
 * Tells classes apart with a copy of a network's weights. Thread-safe: the methods may be called by any number of threads. Who
 * predicts much in one thread takes a {@link Session}, which allocates nothing.
 */
public final class Predictor extends SessionPool<Predictor.Session> {

    Predictor(NetworkDescription description, IntFunction<PredictionPass> passes) {
        super(description, maxBatch -> new Session(passes.apply(maxBatch)));
    }

    /**
     * The probabilities of the classes for one example.
     *
     * @param input the example, row-major, of the network's input size
     * @return one probability for each class
     * @throws IllegalArgumentException if the length is another
     */
    public float[] probabilities(float[] input) {
        return answer(input);
    }

    /**
     * The likeliest class of one example.
     *
     * @param input the example, row-major, of the network's input size
     * @return the class's index, the first of equals
     * @throws IllegalArgumentException if the length is another
     */
    public int classify(float[] input) {
        float[] probabilities = probabilities(input);
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[best]) {
                best = i;
            }
        }
        return best;
    }

    /** Predicts in one thread, without allocating anything per call. */
    public static final class Session extends SessionPool.Base {
        private Session(PredictionPass pass) {
            super(pass);
        }

        /**
         * The logits of some examples: what the network gives before the softmax.
         *
         * @param inputs {@code [size][inputSize]}, row-major
         * @param size rows, 1 to the session's {@code maxBatch}
         * @param out receives {@code [size][classes]}, row-major
         * @throws IllegalArgumentException if a length does not fit
         * @throws IllegalStateException if the session is closed
         */
        public void logits(float[] inputs, int size, float[] out) {
            outputs(inputs, size, out);
        }

        /**
         * The probabilities of the classes for some examples.
         *
         * @param inputs {@code [size][inputSize]}, row-major
         * @param size rows, 1 to the session's {@code maxBatch}
         * @param out receives {@code [size][classes]}, row-major
         * @throws IllegalArgumentException if a length does not fit
         * @throws IllegalStateException if the session is closed
         */
        public void probabilities(float[] inputs, int size, float[] out) {
            outputs(inputs, size, out);
            int classes = pass().outputSize();
            Softmax.rows(out, 0, classes, classes, size, out, 0, classes);
        }

        @Override
        void answer(float[] inputs, int size, float[] out) {
            probabilities(inputs, size, out);
        }
    }
}
