package io.espalier.processor.operation;

import java.util.OptionalDouble;

/** The activation function {@code max(0, x)}. */
public record Relu() implements ActivationFunction {
    static final Definition DEFINITION = Definition.keepingShape("Relu", annotation -> new Relu());

    @Override
    public double lowest() {
        return 0;
    }

    @Override
    public OptionalDouble gain() {
        return OptionalDouble.of(2);
    }
}
