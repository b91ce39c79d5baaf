package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Function;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import java.util.List;
import java.util.Optional;
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

    @Override
    public String title(Shape input) {
        return "ELU";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        Expression x = Expression.of(input);
        Value argument = code.pointwise("argument", x.whereLess(Selu.SATURATION, Expression.of(Selu.SATURATION), x));
        Expression negative = Expression.of(argument).apply(Function.EXP_MINUS_ONE);
        return code.pointwise("activated", x.whereGreater(0, x, alpha == 1 ? negative : negative.times((float) alpha)));
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        Expression g = Expression.of(gradient);
        // Below 0 the derivative is the output and what it tends to, alpha·eˣ = alpha·(eˣ − 1) + alpha.
        Expression y = Expression.of(code.output());
        return code.inputGradient(g.times(y.whereGreater(0, Expression.of(1), y.plus((float) alpha))));
    }
}
