package io.espalier.processor.operation;

import java.util.List;

/**
 * Alpha dropout, which keeps the mean of 0 and the variance of 1 of what SELU makes (Klambauer et al., 2017).
 *
 * @param p probability of dropping, as it is written: it may lie outside its range
 */
public record AlphaDropout(double p) implements NoiseOperation {
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
}
