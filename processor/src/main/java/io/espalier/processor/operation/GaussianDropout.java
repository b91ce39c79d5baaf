package io.espalier.processor.operation;

import java.util.List;

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
}
