package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Operand;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Space;
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

    /** A view, where no padding stands between the positions of an example; else a copy without it. */
    @Override
    public Value forward(Lowering code, Value input) {
        Layout layout = input.layout();
        if (layout.positions() == 1) {
            return input;
        }
        int features = layout.positions() * layout.width();
        if (layout.width() == layout.stride()) {
            return code.view("flat", input, Layout.rows(1, features));
        }
        Value flat = code.rows("flat", Layout.rows(1, features));
        code.call(
                "Positions",
                "flatten",
                Space.EXAMPLES,
                List.of(input),
                List.of(flat),
                List.of(
                        new Operand.Rows(input),
                        new Operand.Count("positions", layout.positions()),
                        new Operand.Count("width", layout.width()),
                        Operand.Given.EXAMPLES,
                        new Operand.Rows(flat)));
        return flat;
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        Layout layout = code.input().layout();
        if (layout.positions() == 1) {
            return Optional.of(gradient);
        }
        if (layout.width() == layout.stride()) {
            return Optional.of(code.view("flatGradient", gradient, layout));
        }
        Value incoming = code.pointwise("incoming", Expression.of(gradient));
        Value result = code.rows("inputGradient", layout);
        code.call(
                "Positions",
                "unflatten",
                Space.EXAMPLES,
                List.of(incoming),
                List.of(result),
                List.of(
                        new Operand.Rows(incoming),
                        new Operand.Count("positions", layout.positions()),
                        new Operand.Count("width", layout.width()),
                        Operand.Given.EXAMPLES,
                        new Operand.Rows(result)));
        return Optional.of(result);
    }
}
