package io.espalier;

import io.espalier.emitted.Blueprint;

/** A compiled network that gives independent labels: its loss is {@code BINARY_CROSS_ENTROPY}. */
public abstract class Labeler extends CompiledNetwork {
    /**
     * A network whose weights are all zero.
     *
     * @param blueprint what it consists of
     */
    protected Labeler(Blueprint blueprint) {
        super(blueprint);
    }

    /**
     * A predictor with a copy of the weights as they are now.
     *
     * @return a thread-safe predictor
     */
    public final LabelPredictor predictor() {
        return new LabelPredictor(description(), snapshotPasses());
    }
}
