package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Function;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import java.util.Optional;

/**
 * The activation function {@code λ·x} above 0 and {@code λ·α·(eˣ − 1)} elsewhere (Klambauer et al., 2017), whose fixed point of
 * mean 0 and variance 1 asks for a gain of 1.
 */
public record Selu() implements ActivationFunction {
    static final Definition DEFINITION = Definition.keepingShape("Selu", annotation -> new Selu());

    /** From here on down eˣ − 1 rounds to −1. */
    static final float SATURATION = -17.33f;

    /** λ. */
    private static final float HIGH = 1.0507009873554805f;

    /** λ·α. */
    private static final float LOW = (float) (1.0507009873554805 * 1.6732632423543772);

    /** −λα. */
    @Override
    public double lowest() {
        return -1.758;
    }

    @Override
    public String title(Shape input) {
        return "SELU";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        Expression x = Expression.of(input);
        Value argument = code.pointwise("argument", x.whereLess(SATURATION, Expression.of(SATURATION), x));
        Expression negative = Expression.of(argument).apply(Function.EXP_MINUS_ONE);
        return code.pointwise("activated", x.whereGreater(0, x.times(HIGH), negative.times(LOW)));
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        Expression g = Expression.of(gradient);
        Expression y = Expression.of(code.output());
        return code.inputGradient(g.times(y.whereGreater(0, Expression.of(HIGH), y.plus(LOW))));
    }
}
