package io.espalier.processor.operation;

import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.ir.Shape;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What an annotation comes to at its context.
 *
 * @param operation what is computed
 * @param shape what leaves it, unknown after a mistake
 * @param parameters its parameters, none after a mistake
 */
public record Applied(Operation operation, Shape shape, List<ParameterSpec> parameters) {
    /** Copies the parameters. */
    public Applied {
        parameters = List.copyOf(parameters);
    }

    /**
     * An operation on each row of features by itself, that gives as many.
     *
     * @param operation what is computed
     * @param context where it stands
     * @param parameters its parameters at a width
     * @return the operation, without parameters where a mistake upstream leaves the shape unknown
     */
    public static Applied toRows(
            Operation operation, OperationContext context, IntFunction<List<ParameterSpec>> parameters) {
        Shape shape = context.in();
        return shape.isKnown()
                ? new Applied(operation, shape, parameters.apply(shape.channels()))
                : mistaken(operation);
    }

    /**
     * An operation after a mistake.
     *
     * @param operation what was meant
     * @return the operation, with an unknown shape after it
     */
    public static Applied mistaken(Operation operation) {
        return new Applied(operation, Shape.UNKNOWN, List.of());
    }
}
