package io.espalier.processor.operation;

/** The activation function {@code tanh(x)}. */
public record Tanh() implements ActivationFunction {
    static final Definition DEFINITION = Definition.keepingShape("Tanh", annotation -> new Tanh());

    @Override
    public double lowest() {
        return -1;
    }

    @Override
    public double highest() {
        return 1;
    }
}
