package io.espalier.annotation;

/** What a network's training minimizes. */
public enum Loss {
    /** Softmax cross-entropy over the outputs, one class per example; the network's outputs are logits. */
    CROSS_ENTROPY
}
