package io.espalier;

import io.espalier.model.NetworkDescription;
import io.espalier.train.PredictionPass;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/**
 * What predictors of every kind have in common: they are thread-safe, because each call takes a session that no other thread
 * has.
 *
 * @param <S> the sessions of the kind
 */
abstract class SessionPool<S extends SessionPool.Base> {
    private final NetworkDescription description;
    private final IntFunction<S> sessions;
    private final int inputSize;
    private final int outputSize;
    private final ConcurrentLinkedQueue<S> idle = new ConcurrentLinkedQueue<>();

    SessionPool(NetworkDescription description, IntFunction<S> sessions) {
        this.description = description;
        this.sessions = sessions;
        S first = sessions.apply(1);
        this.inputSize = first.pass().inputSize();
        this.outputSize = first.pass().outputSize();
        idle.add(first);
    }

    /**
     * What the network consists of.
     *
     * @return operations and parameters
     */
    public final NetworkDescription description() {
        return description;
    }

    /**
     * A session for one thread.
     *
     * @param maxBatch the most examples of a call, at least 1
     * @return the session, with buffers of its own
     * @throws IllegalArgumentException if {@code maxBatch} is below 1
     */
    public final S session(int maxBatch) {
        return sessions.apply(maxBatch);
    }

    /** What a session answers to one example. */
    final float[] answer(float[] input) {
        if (input.length != inputSize) {
            throw new IllegalArgumentException(description.name() + " takes " + inputSize
                    + " input values an example, but " + input.length + " were given");
        }
        float[] out = new float[outputSize];
        S session = idle.poll();
        if (session == null) {
            session = session(1);
        }
        try {
            session.answer(input, 1, out);
        } finally {
            idle.add(session);
        }
        return out;
    }

    /** A session of any kind. */
    abstract static class Base implements AutoCloseable {
        private final PredictionPass pass;
        private boolean closed;

        Base(PredictionPass pass) {
            this.pass = pass;
        }

        final PredictionPass pass() {
            return pass;
        }

        /** The network's outputs as they are. */
        final void outputs(float[] inputs, int size, float[] out) {
            if (closed) {
                throw new IllegalStateException("This session is closed; ask the predictor for another");
            }
            pass.logits(inputs, size, out);
        }

        /** What the predictor's own method answers. */
        abstract void answer(float[] inputs, int size, float[] out);

        /** Ends the session; the predictor stays. */
        @Override
        public final void close() {
            closed = true;
        }
    }
}
