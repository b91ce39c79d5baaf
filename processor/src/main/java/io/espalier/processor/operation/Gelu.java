package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Function;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import java.util.Optional;
import java.util.OptionalDouble;

/** The activation function {@code x·Φ(x)}, exact (Hendrycks and Gimpel, 2016). */
public record Gelu() implements ActivationFunction {
    static final Definition DEFINITION = Definition.keepingShape("Gelu", annotation -> new Gelu());

    /** From here on Φ is 1 to within 2^−24. */
    private static final float SATURATION = 5.4f;

    /** From here on the derivative is 1 to within 7e−8. */
    private static final float SLOPE_SATURATION = 5.9f;

    /** At x = −0.752. */
    @Override
    public double lowest() {
        return -0.170;
    }

    @Override
    public OptionalDouble gain() {
        return OptionalDouble.of(2);
    }

    @Override
    public String title(Shape input) {
        return "GELU";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        Expression x = Expression.of(input);
        // x·Φ(x) as x/2 + |x|·(Φ(|x|) − 1/2): rounded to 1/2, the last factor makes the result 0 far below zero.
        Value magnitude = code.pointwise("magnitude", x.apply(Function.ABS));
        Expression m = Expression.of(magnitude);
        Value argument = code.pointwise("argument", m.whereGreater(SATURATION, Expression.of(SATURATION), m));
        Value half = code.pointwise("half", Expression.of(argument).apply(Function.NORMAL_HALF));
        return code.pointwise("activated", m.fma(Expression.of(half), x.times(0.5f)));
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        Expression g = Expression.of(gradient);
        // Φ(x) + x·φ(x); less 1/2 it is an odd function.
        Expression x = Expression.of(code.input());
        Value argument = code.pointwise("slopeArgument", Formulas.clamped(x, -SLOPE_SATURATION, SLOPE_SATURATION));
        Value quotient = code.pointwise("quotient", Expression.of(argument).apply(Function.NORMAL_SLOPE));
        Value slope =
                code.pointwise("slope", Expression.of(argument).fma(Expression.of(quotient), Expression.of(0.5f)));
        return code.inputGradient(g.times(slope));
    }
}
