package io.espalier.annotation;

/** What a network's training minimizes. */
public enum Loss {
    /** Softmax cross-entropy over the outputs, one class per example; the network's outputs are logits. */
    CROSS_ENTROPY,

    /**
     * Sigmoid cross-entropy of each output by itself, any number of labels per example, each from 0 to 1; the network's
     * outputs are logits. The mean over examples and outputs.
     */
    BINARY_CROSS_ENTROPY,

    /** The squared difference of each output from the value that it should have: regression. The mean over examples and outputs. */
    MEAN_SQUARED_ERROR
}
