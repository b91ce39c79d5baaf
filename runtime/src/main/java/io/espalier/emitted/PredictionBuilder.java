package io.espalier.emitted;

/** What a pass of prediction, or of Monte-Carlo sampling, is built from. */
public final class PredictionBuilder extends PassBuilder {
    /**
     * For the runtime.
     *
     * @param values all values of the network
     * @param capacity the most rows of a pass, at least 1
     * @param seed fixes the draws of a pass that samples
     */
    public PredictionBuilder(float[] values, int capacity, long seed) {
        super(values, capacity, new StepState(seed));
    }
}
