package io.espalier.processor.operation;

/** The activation function {@code 1/(1 + e⁻ˣ)}. */
public record Sigmoid() implements ActivationFunction {
    static final Definition DEFINITION = Definition.keepingShape("Sigmoid", annotation -> new Sigmoid());

    @Override
    public double lowest() {
        return 0;
    }

    @Override
    public double highest() {
        return 1;
    }
}
