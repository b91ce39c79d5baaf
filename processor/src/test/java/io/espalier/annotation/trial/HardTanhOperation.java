package io.espalier.annotation.trial;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import io.espalier.processor.operation.ActivationFunction;
import io.espalier.processor.operation.Adjoint;
import io.espalier.processor.operation.Attribute;
import io.espalier.processor.operation.Choice;
import io.espalier.processor.operation.Definition;
import io.espalier.processor.operation.Lowering;
import io.espalier.processor.operation.Range;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Optional;

/** The activation function that clips to [−limit, limit]. */
public record HardTanhOperation(double limit) implements ActivationFunction {
    /** All that there is of it in the language. */
    public static final Definition DEFINITION = Definition.keepingShape(
            "HardTanh",
            annotation -> new HardTanhOperation(annotation.doubleValue("limit")),
            new Attribute(
                    "limit",
                    Range.ABOVE_ZERO,
                    "the largest value that it lets through",
                    Choice.byDefault("1"),
                    new Choice("6", "as far as ReLU6 goes")));

    /** What a stage carries. */
    @Retention(RetentionPolicy.CLASS)
    @Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
    public @interface HardTanh {
        double limit() default 1;
    }

    @Override
    public List<String> attributes() {
        return List.of("limit", String.valueOf(limit));
    }

    @Override
    public double lowest() {
        return -limit;
    }

    @Override
    public double highest() {
        return limit;
    }

    @Override
    public String title(Shape input) {
        return "hard tanh";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        float high = (float) limit;
        Expression x = Expression.of(input);
        return code.pointwise(
                "clipped", x.whereGreater(high, Expression.of(high), x.whereLess(-high, Expression.of(-high), x)));
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        float high = (float) limit;
        Expression x = Expression.of(code.input());
        Expression none = Expression.of(0);
        return code.inputGradient(x.whereGreater(high, none, x.whereLess(-high, none, Expression.of(gradient))));
    }
}
