package io.espalier.processor.emit;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Operand;
import io.espalier.processor.ir.Value;

/** Writes calls of the runtime's kernels, whatever they compute. */
final class LibraryCalls {
    private LibraryCalls() {}

    /**
     * A call for the rows of a slice, or for the batch.
     *
     * @param from the first row
     * @param rows how many there are
     */
    static CodeBlock write(RoutineContext context, Kernel.LibraryCall call, String from, String rows) {
        return Arguments.call(
                CodeBlock.of("$T.$L", ClassName.get("io.espalier.kernel", call.type()), call.method()),
                call.operands().stream()
                        .map(operand -> operand(context, operand, from, rows))
                        .toList());
    }

    private static String operand(RoutineContext context, Operand operand, String from, String rows) {
        return switch (operand) {
            case Operand.Rows of ->
                place(context, of.value(), from) + ", "
                        + Arguments.named("stride", of.value().layout().stride());
            case Operand.Array of -> context.array(of.value());
            case Operand.Slice of ->
                context.array(of.value()) + ", " + from + " / "
                        + MarkedText.sliceExamples(of.value().layout().positions()) + " * "
                        + of.value().layout().width();
            case Operand.Offset of -> context.references().offset(of.parameter());
            case Operand.Count count -> Arguments.named(count.name(), count.value());
            case Operand.Constant constant ->
                Arguments.named(constant.name(), Polynomials.literal((float) constant.value()));
            case Operand.Scalars of -> place(context, of.value(), from);
            case Operand.RowCount of -> Arguments.named("rows", rows(of.value(), rows));
            case Operand.SliceCount of ->
                MarkedText.SLICES + ".count(" + rows + ", " + of.sums().layout().positions() + ")";
            case Operand.SliceRows of ->
                MarkedText.SLICES + ".rows(" + of.sums().layout().positions() + ")";
            case Operand.Given given ->
                switch (given) {
                    case EXAMPLES -> Arguments.named("examples", rows);
                    case PARAMETERS -> "values";
                };
        };
    }

    /** An array, and where an example's part of it starts. */
    private static String place(RoutineContext context, Value value, String example) {
        return context.array(value) + ", " + offset(context, value, example);
    }

    /** Where an example's part of an array starts. */
    private static String offset(RoutineContext context, Value value, String example) {
        String first = context.isInTile(value) ? example + " - from" : example;
        return RoutineContext.rows(first, value.layout().exampleStride());
    }

    private static String rows(Value value, String examples) {
        return RoutineContext.rows(examples, value.layout().positions());
    }
}
