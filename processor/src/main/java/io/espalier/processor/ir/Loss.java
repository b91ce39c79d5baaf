package io.espalier.processor.ir;

import java.util.Arrays;
import java.util.Optional;

/** The losses of the language, which decide what targets are and how a network predicts. */
public enum Loss {
    /** Softmax cross-entropy over classes. */
    CROSS_ENTROPY,
    /** Sigmoid cross-entropy of independent labels. */
    BINARY_CROSS_ENTROPY,
    /** The squared error of values. */
    MEAN_SQUARED_ERROR;

    /**
     * The loss of a name.
     *
     * @return the loss; empty if it is one that this version does not know
     */
    public static Optional<Loss> of(String name) {
        return Arrays.stream(values()).filter(loss -> loss.name().equals(name)).findFirst();
    }
}
