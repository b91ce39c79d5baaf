package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Function;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import java.util.Optional;

/** The activation function {@code tanh(x)}. */
public record Tanh() implements ActivationFunction {
    static final Definition DEFINITION = Definition.keepingShape("Tanh", annotation -> new Tanh());

    /** Twice the magnitude from which tanh rounds to 1. */
    private static final float SATURATION = 18.04f;

    @Override
    public double lowest() {
        return -1;
    }

    @Override
    public double highest() {
        return 1;
    }

    @Override
    public String title(Shape input) {
        return "tanh";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        Expression x = Expression.of(input);
        // tanh x = m/(m + 2) with m = e²ˣ − 1.
        Value doubled = code.pointwise("doubled", x.plus(x));
        Value argument = code.pointwise("argument", Formulas.clamped(Expression.of(doubled), -SATURATION, SATURATION));
        Value difference = code.pointwise("difference", Expression.of(argument).apply(Function.EXP_MINUS_ONE));
        Expression m = Expression.of(difference);
        return code.pointwise("activated", m.over(m.plus(2)));
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        Expression g = Expression.of(gradient);
        Value y = code.output();
        return code.inputGradient(g.minus(g.times(y).times(y)));
    }
}
