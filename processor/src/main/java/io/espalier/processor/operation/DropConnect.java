package io.espalier.processor.operation;

import java.util.List;

/**
 * Drop connect (Wan et al., 2013): inverted dropout of the weights of the linear operation that follows it.
 *
 * @param p probability of dropping, as it is written: it may lie outside its range
 */
public record DropConnect(double p) implements NoiseOperation {
    static final Definition DEFINITION = Definition.keepingShape(
                    "DropConnect",
                    annotation -> new DropConnect(annotation.doubleValue("p")),
                    new Attribute(
                            "p",
                            Range.PROBABILITY,
                            "the probability of dropping",
                            Choice.byDefault("0.5", " (Wan et al., 2013)")))
            .with(Definition.Trait.MASKS_WEIGHTS);

    @Override
    public List<String> attributes() {
        return List.of("p", String.valueOf(p));
    }

    @Override
    public double noiseRate() {
        return p;
    }

    @Override
    public boolean masksWeights() {
        return true;
    }
}
