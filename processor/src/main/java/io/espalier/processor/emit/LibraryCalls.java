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

    private static CodeBlock operand(RoutineContext context, Operand operand, String from, String rows) {
        return switch (operand) {
            case Operand.Rows of ->
                CodeBlock.of(
                        "$L, $L, $L",
                        context.array(of.value()),
                        offset(context, of.value(), from),
                        Arguments.named("stride", of.value().layout().stride()));
            case Operand.Array of -> CodeBlock.of("$L", context.array(of.value()));
            case Operand.Slice of ->
                CodeBlock.of(
                        "$L, $L / $L * $L",
                        context.array(of.value()),
                        from,
                        RoutineWriter.sliceExamples(of.value().layout().positions()),
                        of.value().layout().width());
            case Operand.Offset of -> CodeBlock.of("$L", context.references().offset(of.parameter()));
            case Operand.Count count -> CodeBlock.of("$L", Arguments.named(count.name(), count.value()));
            case Operand.Constant constant ->
                CodeBlock.of("$L", Arguments.named(constant.name(), Polynomials.literal((float) constant.value())));
            case Operand.Scalars of ->
                CodeBlock.of("$L, $L", context.array(of.value()), offset(context, of.value(), from));
            case Operand.RowCount of -> CodeBlock.of("$L", Arguments.named("rows", rows(of.value(), rows)));
            case Operand.SliceCount of ->
                CodeBlock.of(
                        "$T.count($L, $L)",
                        Types.SLICES,
                        rows,
                        of.sums().layout().positions());
            case Operand.SliceRows of ->
                CodeBlock.of("$T.rows($L)", Types.SLICES, of.sums().layout().positions());
            case Operand.Given given ->
                switch (given) {
                    case EXAMPLES -> CodeBlock.of("$L", Arguments.named("examples", rows));
                    case PARAMETERS -> CodeBlock.of("values");
                };
        };
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
