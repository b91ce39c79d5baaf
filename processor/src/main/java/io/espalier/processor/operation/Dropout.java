package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Rate;
import io.espalier.processor.ir.Scalar;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import java.util.List;
import java.util.Optional;

/**
 * Inverted dropout (Srivastava et al., 2014).
 *
 * @param p probability of dropping, as it is written: it may lie outside its range
 */
public record Dropout(double p) implements NoiseOperation {
    static final Definition DEFINITION = Definition.keepingShape(
            "Dropout",
            annotation -> new Dropout(annotation.doubleValue("p")),
            new Attribute(
                    "p",
                    Range.PROBABILITY,
                    "the probability of dropping",
                    Choice.byDefault("0.5", ": wide hidden layers (Srivastava et al., 2014)"),
                    new Choice("0.2", "inputs (Srivastava et al., 2014)"),
                    new Choice("0.1", "in residual branches (Vaswani et al., 2017)")));

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
        return "dropout (p = " + p + ")";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        if (!code.isRandom()) {
            return input;
        }
        Rate rate = code.rate(p);
        Value mask = code.mask("mask", rate);
        return code.pointwise("dropped", kept(mask, rate, input));
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        Rate rate = code.rate(p);
        return code.inputGradient(kept(code.value("mask"), rate, gradient));
    }

    private static Expression kept(Value mask, Rate rate, Value of) {
        Expression scale = new Expression.StepNumber("scale", new Scalar.KeptScale(rate));
        return Expression.whereKept(mask, Expression.of(of).times(scale), Expression.of(0));
    }
}
