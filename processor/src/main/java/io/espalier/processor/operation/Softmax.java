package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Operand;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Space;
import io.espalier.processor.ir.Value;
import java.util.List;
import java.util.Optional;

/** Softmax over the features. */
public record Softmax() implements Operation {
    static final Definition DEFINITION = Definition.of(
            "Softmax", (annotation, context, defects) -> Applied.toRows(new Softmax(), context, width -> List.of()));

    @Override
    public String title(Shape input) {
        return "softmax";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        // The runtime's kernel replaces a row by its softmax.
        Value scores = code.pointwise("scores", Expression.of(input));
        Value result = code.inPlace("probabilities", scores);
        int width = input.layout().width();
        code.call(
                "Softmax",
                "rows",
                Space.EXAMPLES,
                List.of(scores),
                List.of(result),
                List.of(
                        new Operand.Rows(scores),
                        new Operand.Count("width", width),
                        new Operand.RowCount(scores),
                        new Operand.Rows(result)));
        return result;
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        Value y = code.output();
        Value incoming = code.pointwise("incoming", Expression.of(gradient));
        Value result = code.inPlace("scoresGradient", incoming);
        code.call(
                "Softmax",
                "gradient",
                Space.EXAMPLES,
                List.of(y, incoming),
                List.of(result),
                List.of(
                        new Operand.Rows(y),
                        new Operand.Count("width", y.layout().width()),
                        new Operand.RowCount(y),
                        new Operand.Rows(result)));
        return Optional.of(result);
    }
}
