package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Function;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import java.util.Optional;
import java.util.OptionalDouble;

/** The activation function {@code x/(1 + e⁻ˣ)} (Elfwing et al., 2018). */
public record Silu() implements ActivationFunction {
    static final Definition DEFINITION = Definition.keepingShape("Silu", annotation -> new Silu());

    /** At x = −1.278. */
    @Override
    public double lowest() {
        return -0.278;
    }

    @Override
    public OptionalDouble gain() {
        return OptionalDouble.of(2);
    }

    @Override
    public String title(Shape input) {
        return "SiLU";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        Expression x = Expression.of(input);
        Value argument = code.pointwise("argument", Formulas.clamped(x, -Formulas.EXP_HIGHEST, -Formulas.EXP_LOWEST));
        Value exponential =
                code.pointwise("exponential", Expression.of(argument).apply(Function.EXP_NEGATED));
        // Far below 0 the exponential is that of −88.72, by which x itself must not be divided.
        Expression limited = x.whereLess(-Formulas.EXP_HIGHEST, Expression.of(-Formulas.EXP_HIGHEST), x);
        return code.pointwise(
                "activated", limited.over(Expression.of(exponential).plus(1)));
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        Expression g = Expression.of(gradient);
        // σ·(1 + x·(1 − σ)) with 1 − σ = σ·e⁻ˣ.
        Expression e = Expression.of(code.value("exponential"));
        Expression s = Expression.of(code.pointwise("sigmoid", Expression.of(1).over(e.plus(1))));
        Value slope = code.pointwise(
                "slope",
                s.times(e)
                        .fma(Expression.of(code.value("argument")), Expression.of(1))
                        .times(s));
        return code.inputGradient(g.times(slope));
    }
}
