package io.espalier;

import io.espalier.emitted.Blueprint;

/** A compiled network that tells classes apart: its loss is {@code CROSS_ENTROPY}. */
public abstract class Classifier extends CompiledNetwork {
    /**
     * A network whose weights are all zero.
     *
     * @param blueprint what it consists of
     */
    protected Classifier(Blueprint blueprint) {
        super(blueprint);
    }

    /**
     * A predictor with a copy of the weights as they are now.
     *
     * @return a thread-safe predictor
     */
    public final Predictor predictor() {
        return new Predictor(description(), snapshotPasses());
    }
}
