package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import java.util.Optional;
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

    @Override
    public String title(Shape input) {
        return "ReLU";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        Expression x = Expression.of(input);
        // Cheaper than a maximum, which has to order zeros and NaNs.
        return code.pointwise("activated", x.whereLess(0, Expression.of(0), x));
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        Expression g = Expression.of(gradient);
        return code.inputGradient(code.eitherEnd().whereGreater(0, g, Expression.of(0)));
    }
}
