package io.espalier.processor.operation;

/**
 * The activation function {@code λ·x} above 0 and {@code λ·α·(eˣ − 1)} elsewhere (Klambauer et al., 2017), whose fixed point of
 * mean 0 and variance 1 asks for a gain of 1.
 */
public record Selu() implements ActivationFunction {
    static final Definition DEFINITION = Definition.keepingShape("Selu", annotation -> new Selu());

    /** −λα. */
    @Override
    public double lowest() {
        return -1.758;
    }
}
