package io.espalier;

import io.espalier.kernel.Softmax;
import io.espalier.model.NetworkDescription;
import io.espalier.train.PredictionPass;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/**
 * Predicts with a copy of a network's weights. Thread-safe: the methods may be called by any number of threads. Who predicts
 * much in one thread takes a {@link Session}, which allocates nothing.
 */
public final class Predictor {
    private final NetworkDescription description;
    private final IntFunction<PredictionPass> passes;
    private final int inputSize;
    private final int classes;
    private final ConcurrentLinkedQueue<Session> idle = new ConcurrentLinkedQueue<>();

    Predictor(NetworkDescription description, IntFunction<PredictionPass> passes) {
        this.description = description;
        this.passes = passes;
        Session first = session(1);
        this.inputSize = first.pass.inputSize();
        this.classes = first.pass.outputSize();
        idle.add(first);
    }

    /**
     * What the network consists of.
     *
     * @return operations and parameters
     */
    public NetworkDescription description() {
        return description;
    }

    /**
     * The probabilities of the classes for one example.
     *
     * @param input the example, row-major, of the network's input size
     * @return one probability for each class
     * @throws IllegalArgumentException if the length is another
     */
    public float[] probabilities(float[] input) {
        if (input.length != inputSize) {
            throw new IllegalArgumentException(description.name() + " takes " + inputSize
                    + " input values an example, but " + input.length + " were given");
        }
        float[] out = new float[classes];
        Session session = idle.poll();
        if (session == null) {
            session = session(1);
        }
        try {
            session.probabilities(input, 1, out);
        } finally {
            idle.add(session);
        }
        return out;
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

    /**
     * A session for one thread.
     *
     * @param maxBatch the most examples of a call, at least 1
     * @return the session, with buffers of its own
     * @throws IllegalArgumentException if {@code maxBatch} is below 1
     */
    public Session session(int maxBatch) {
        return new Session(passes.apply(maxBatch));
    }

    /** Predicts in one thread, without allocating anything per call. */
    public static final class Session implements AutoCloseable {
        private final PredictionPass pass;
        private boolean closed;

        private Session(PredictionPass pass) {
            this.pass = pass;
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
            if (closed) {
                throw new IllegalStateException("This session is closed; ask the predictor for another");
            }
            pass.logits(inputs, size, out);
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
            logits(inputs, size, out);
            int classes = pass.outputSize();
            Softmax.rows(out, 0, classes, classes, size, out, 0, classes);
        }

        /** Ends the session; the predictor stays. */
        @Override
        public void close() {
            closed = true;
        }
    }
}
