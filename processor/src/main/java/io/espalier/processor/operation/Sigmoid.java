package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Function;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import java.util.Optional;

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

    @Override
    public String title(Shape input) {
        return "sigmoid";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        Expression x = Expression.of(input);
        Value argument = code.pointwise("argument", Formulas.clamped(x, -Formulas.EXP_HIGHEST, -Formulas.EXP_LOWEST));
        Value exponential =
                code.pointwise("exponential", Expression.of(argument).apply(Function.EXP_NEGATED));
        return code.pointwise(
                "activated", Expression.of(1).over(Expression.of(exponential).plus(1)));
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        Expression g = Expression.of(gradient);
        Expression y = Expression.of(code.output());
        return code.inputGradient(g.times(y.minus(y.times(y))));
    }
}
