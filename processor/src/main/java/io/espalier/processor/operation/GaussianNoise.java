package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import java.util.List;
import java.util.Optional;

/**
 * Addition of normal values of mean 0.
 *
 * @param deviation their standard deviation, as it is written: it may lie outside its range
 */
public record GaussianNoise(double deviation) implements NoiseOperation {
    static final Definition DEFINITION = Definition.keepingShape(
            "GaussianNoise",
            annotation -> new GaussianNoise(annotation.doubleValue("deviation")),
            new Attribute(
                    "deviation", Range.ZERO_OR_MORE, "the standard deviation of the noise", Choice.byDefault("0.1")));

    @Override
    public List<String> attributes() {
        return List.of("deviation", String.valueOf(deviation));
    }

    /** Noise raises a variance of 1 to 1 + deviation², dropout to 1/(1 − p). */
    @Override
    public double noiseRate() {
        return deviation > 0 ? deviation * deviation / (1 + deviation * deviation) : 0;
    }

    @Override
    public String strengthElement() {
        return "deviation";
    }

    @Override
    public double strengthAt(double rate) {
        return Math.sqrt(rate / (1 - rate));
    }

    @Override
    public boolean acts() {
        return noiseRate() > 0;
    }

    @Override
    public String title(Shape input) {
        return "Gaussian noise (deviation = " + deviation + ")";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        if (!code.isRandom()) {
            return input;
        }
        Value draws = code.normalDraws(0, deviation);
        return code.pointwise("noisy", Expression.of(input).plus(draws));
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        return Optional.of(gradient);
    }
}
