package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import java.util.List;
import java.util.Optional;

/**
 * Multiplication by normal values of mean 1 and variance p/(1 − p) (Srivastava et al., 2014).
 *
 * @param p probability of the dropout that is as strong, as it is written: it may lie outside its range
 */
public record GaussianDropout(double p) implements NoiseOperation {
    static final Definition DEFINITION = Definition.keepingShape(
            "GaussianDropout",
            annotation -> new GaussianDropout(annotation.doubleValue("p")),
            new Attribute(
                    "p",
                    Range.PROBABILITY,
                    "the probability of the dropout that is as strong",
                    Choice.byDefault("0.1"),
                    new Choice("0.5", "wide hidden layers (Srivastava et al., 2014)")));

    @Override
    public List<String> attributes() {
        return List.of("p", String.valueOf(p));
    }

    @Override
    public double noiseRate() {
        return p;
    }

    @Override
    public boolean acts() {
        return p > 0 && Rates.isRate(p);
    }

    @Override
    public String title(Shape input) {
        return "Gaussian dropout (p = " + p + ")";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        if (!code.isRandom()) {
            return input;
        }
        Value draws = code.normalDraws(1, Math.sqrt(p / (1 - p)));
        return code.pointwise("scaled", Expression.of(input).times(draws));
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        return code.inputGradient(Expression.of(gradient).times(code.value("draws")));
    }
}
