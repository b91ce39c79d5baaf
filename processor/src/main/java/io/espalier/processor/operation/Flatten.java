package io.espalier.processor.operation;

import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import java.util.List;
import java.util.Optional;

/** Any shape to a row of features. */
public record Flatten() implements Operation {
    static final Definition DEFINITION =
            Definition.of("Flatten", (annotation, context, defects) -> apply(context.in()));

    private static Applied apply(Shape in) {
        Shape out = in.isKnown() ? Shape.features(Math.toIntExact(in.size())) : in;
        return new Applied(new Flatten(), out, List.of());
    }

    @Override
    public boolean isShapeChange() {
        return true;
    }

    @Override
    public String title(Shape input) {
        return "";
    }

    /** A view: the features of an example lie one after the other anyway. */
    @Override
    public Value forward(Lowering code, Value input) {
        return input;
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        return Optional.of(gradient);
    }
}
