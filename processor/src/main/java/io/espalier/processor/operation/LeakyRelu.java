package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import java.util.List;
import java.util.Optional;
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

    @Override
    public String title(Shape input) {
        return "leaky ReLU";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        Expression x = Expression.of(input);
        return code.pointwise("activated", x.whereGreater(0, x, x.times((float) slope)));
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        Expression g = Expression.of(gradient);
        return code.inputGradient(code.eitherEnd().whereGreater(0, g, g.times((float) slope)));
    }
}
