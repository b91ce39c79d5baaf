package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.ir.Role;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import io.espalier.processor.read.AnnotationDeclaration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Fully connected.
 *
 * @param units how many features leave it; 0 after a mistake
 * @param bias whether it has a bias
 */
public record Dense(int units, boolean bias) implements Operation {
    static final Definition DEFINITION = Definition.of(
                    "Dense",
                    Dense::apply,
                    Width.VALUE,
                    Width.TIMES,
                    new Attribute(
                            "bias",
                            Range.OPEN,
                            "whether there is a bias",
                            new Choice("AUTO", "a bias unless a batch norm follows, which would remove it"),
                            new Choice("ON", "a bias"),
                            new Choice("OFF", "no bias")))
            .with(Definition.Trait.LINEAR);

    private static Applied apply(AnnotationDeclaration annotation, OperationContext context, Defects defects) {
        boolean bias =
                switch (annotation.enumValue("bias")) {
                    case "ON" -> true;
                    case "OFF" -> false;
                    default -> !context.batchNormNext();
                };
        OptionalInt units = Width.units(annotation, context, defects);
        Shape in = context.in();
        Dense dense = new Dense(units.orElse(0), bias);
        if (units.isEmpty() || !in.isKnown()) {
            return Applied.mistaken(dense);
        }
        int out = units.getAsInt();
        ParameterSpec weight = context.weight("dense.weight", out, in.channels());
        if (weight.paddedSize() > Integer.MAX_VALUE) {
            defects.value(
                    annotation.pointOf(annotation.value("times").explicit() ? "times" : "value"),
                    "@Dense on '" + context.stage().name() + "' has " + out + "·" + in.channels() + " weights, "
                            + weight.paddedSize() + " with its outputs in whole vectors: at most " + Integer.MAX_VALUE);
            return Applied.mistaken(dense);
        }
        return new Applied(
                dense,
                in.withChannels(out),
                bias ? List.of(weight, context.parameter("dense.bias", Role.BIAS, out)) : List.of(weight));
    }

    @Override
    public List<String> attributes() {
        return List.of("units", String.valueOf(units), "bias", String.valueOf(bias));
    }

    @Override
    public boolean isLinear() {
        return true;
    }

    @Override
    public String title(Shape input) {
        return "dense " + input.channels() + " → " + units + (bias ? " with bias" : "");
    }

    @Override
    public Value forward(Lowering code, Value input) {
        Value product = code.contraction("product", input, code.parameter("dense.weight"), 0);
        return code.optionalParameter("dense.bias")
                .map(added -> code.pointwise("biased", Expression.of(product).plus(Expression.of(added))))
                .orElse(product);
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        return code.contractionGradient("product", gradient, code.optionalParameter("dense.bias"));
    }
}
