package io.espalier.processor.operation;

import java.util.OptionalDouble;

/** The activation function {@code x/(1 + e⁻ˣ)} (Elfwing et al., 2018). */
public record Silu() implements ActivationFunction {
    static final Definition DEFINITION = Definition.keepingShape("Silu", annotation -> new Silu());

    /** At x = −1.278. */
    @Override
    public double lowest() {
        return -0.278;
    }

    @Override
    public OptionalDouble gain() {
        return OptionalDouble.of(2);
    }
}
