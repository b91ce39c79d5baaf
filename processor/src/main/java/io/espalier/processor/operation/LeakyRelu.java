package io.espalier.processor.operation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The activation function that is {@code x} above 0 and {@code slope·x} elsewhere.
 *
 * @param slope as it is written: it may lie outside its range
 */
public record LeakyRelu(double slope) implements ActivationFunction {
    static final Definition DEFINITION = Definition.keepingShape(
            "LeakyRelu",
            annotation -> new LeakyRelu(annotation.doubleValue("slope")),
            new Attribute("slope", Range.BELOW_ONE, "the slope below 0", Choice.byDefault("0.01")));

    @Override
    public List<String> attributes() {
        return List.of("slope", String.valueOf(slope));
    }

    @Override
    public OptionalDouble gain() {
        return OptionalDouble.of(2 / (1 + slope * slope));
    }
}
