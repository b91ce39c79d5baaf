package io.espalier.processor.operation;

import io.espalier.processor.ir.Shape;
import java.util.List;

/** Any shape to a row of features. */
public record Flatten() implements Operation {
    static final Definition DEFINITION = Definition.of("Flatten", (annotation, site, defects) -> apply(site.in()));

    private static Applied apply(Shape in) {
        Shape out = in.isKnown() ? Shape.features(Math.toIntExact(in.size())) : in;
        return new Applied(new Flatten(), out, List.of());
    }

    @Override
    public boolean isShapeChange() {
        return true;
    }
}
