package io.espalier.processor.operation;

import java.util.OptionalDouble;

/** The activation function {@code x·Φ(x)}, exact (Hendrycks and Gimpel, 2016). */
public record Gelu() implements ActivationFunction {
    static final Definition DEFINITION = Definition.keepingShape("Gelu", annotation -> new Gelu());

    /** At x = −0.752. */
    @Override
    public double lowest() {
        return -0.170;
    }

    @Override
    public OptionalDouble gain() {
        return OptionalDouble.of(2);
    }
}
