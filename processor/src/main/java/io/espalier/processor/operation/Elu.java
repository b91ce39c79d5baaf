package io.espalier.processor.operation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The activation function that is {@code x} above 0 and {@code alpha·(eˣ − 1)} elsewhere (Clevert et al., 2016).
 *
 * @param alpha as it is written: it may lie outside its range
 */
public record Elu(double alpha) implements ActivationFunction {
    static final Definition DEFINITION = Definition.keepingShape(
            "Elu",
            annotation -> new Elu(annotation.doubleValue("alpha")),
            new Attribute(
                    "alpha",
                    Range.ZERO_OR_MORE,
                    "−1 times the limit far below 0",
                    Choice.byDefault("1", " (Clevert et al., 2016)")));

    @Override
    public List<String> attributes() {
        return List.of("alpha", String.valueOf(alpha));
    }

    @Override
    public double lowest() {
        return -alpha;
    }

    @Override
    public OptionalDouble gain() {
        return OptionalDouble.of(2);
    }
}
