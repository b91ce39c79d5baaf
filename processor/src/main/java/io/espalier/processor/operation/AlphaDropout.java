package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Rate;
import io.espalier.processor.ir.Scalar;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import java.util.List;
import java.util.Optional;

/**
 * Alpha dropout, which keeps the mean of 0 and the variance of 1 of what SELU makes (Klambauer et al., 2017).
 *
 * @param p probability of dropping, as it is written: it may lie outside its range
 */
public record AlphaDropout(double p) implements NoiseOperation {
    /** α′ = −λα, SELU's limit far below 0. */
    private static final double LIMIT = -1.0507009873554805 * 1.6732632423543772;

    static final Definition DEFINITION = Definition.keepingShape(
            "AlphaDropout",
            annotation -> new AlphaDropout(annotation.doubleValue("p")),
            new Attribute(
                    "p",
                    Range.PROBABILITY,
                    "the probability of dropping",
                    Choice.byDefault("0.1", " (Klambauer et al., 2017)"),
                    new Choice("0.05", "(Klambauer et al., 2017)")));

    @Override
    public List<String> attributes() {
        return List.of("p", String.valueOf(p));
    }

    @Override
    public double noiseRate() {
        return p;
    }

    @Override
    public String title(Shape input) {
        return "alpha dropout (p = " + p + ")";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        if (!code.isRandom()) {
            return input;
        }
        Rate rate = code.rate(p);
        Value mask = code.mask("mask", rate);
        Scalar realized = new Scalar.Realized(rate);
        Scalar limit = Scalar.of(LIMIT);
        Expression shift = new Expression.StepNumber(
                "shift", Scalar.of(0).minus(a(rate)).times(limit).times(realized));
        Expression dropped = new Expression.StepNumber(
                "low", a(rate).times(limit).times(Scalar.of(1).minus(realized)));
        return code.pointwise(
                "dropped", Expression.whereKept(mask, Expression.of(input).fma(scale(rate), shift), dropped));
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        return code.inputGradient(Expression.whereKept(
                code.value("mask"), Expression.of(gradient).times(scale(code.rate(p))), Expression.of(0)));
    }

    /** a, what kept values are multiplied with. */
    private static Expression scale(Rate rate) {
        return new Expression.StepNumber("scale", a(rate));
    }

    /** a = ((1 − p)(1 + p·α′²))^(−1/2). */
    private static Scalar a(Rate rate) {
        Scalar p = new Scalar.Realized(rate);
        Scalar one = Scalar.of(1);
        Scalar limit = Scalar.of(LIMIT);
        return one.over(
                new Scalar.Root(one.minus(p).times(one.plus(p.times(limit).times(limit)))));
    }
}
