package io.espalier;

import io.espalier.emitted.Blueprint;

/** A compiled network that gives values: its loss is {@code MEAN_SQUARED_ERROR}. */
public abstract class Regressor extends CompiledNetwork {
    /**
     * A network whose weights are all zero.
     *
     * @param blueprint what it consists of
     */
    protected Regressor(Blueprint blueprint) {
        super(blueprint);
    }

    /**
     * A predictor with a copy of the weights as they are now.
     *
     * @return a thread-safe predictor
     */
    public final ValuePredictor predictor() {
        return new ValuePredictor(description(), snapshotPasses());
    }
}
