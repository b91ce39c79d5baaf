package io.espalier.processor.operation;

import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import java.util.List;
import java.util.Optional;

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

    @Override
    public String title(Shape input) {
        return "drop connect (p = " + p + ")";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        if (code.isRandom()) {
            code.dropWeights(code.rate(p));
        }
        return input;
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        return Optional.of(gradient);
    }
}
