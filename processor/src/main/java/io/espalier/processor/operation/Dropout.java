package io.espalier.processor.operation;

import java.util.List;

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
}
