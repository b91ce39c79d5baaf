package io.espalier.processor.plan;

import io.espalier.processor.read.ModelDeclaration;
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
     * The loss that a network's class names.
     *
     * @return the loss; empty if the name does not resolve, or is one that this version does not know
     */
    public static Optional<Loss> of(ModelDeclaration network) {
        return network.loss().flatMap(name -> Arrays.stream(values())
                .filter(loss -> loss.name().equals(name))
                .findFirst());
    }
}
