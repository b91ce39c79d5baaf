package io.espalier.processor.operation;

import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.read.AnnotationDeclaration;
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
     * An operation that takes a row of features and gives one of the same width.
     *
     * @param operation what is computed
     * @param annotation its annotation
     * @param context where it stands
     * @param defects takes what is wrong with the shape
     * @param parameters its parameters at a width
     * @return the operation, with an unknown shape and without parameters where something else than a row comes in
     */
    public static Applied toFeatures(
            Operation operation,
            AnnotationDeclaration annotation,
            OperationContext context,
            Defects defects,
            IntFunction<List<ParameterSpec>> parameters) {
        Shape shape = context.featuresOnly(annotation, defects);
        return shape.isKnown()
                ? new Applied(operation, shape, parameters.apply(shape.extents().getFirst()))
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
