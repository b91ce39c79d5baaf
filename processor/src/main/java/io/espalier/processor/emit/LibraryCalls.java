package io.espalier.processor.emit;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Operand;
import io.espalier.processor.ir.Value;

/** Writes calls of the runtime's kernels, whatever they compute. */
final class LibraryCalls {
    /** Longer lines are broken between arguments. */
    private static final int LINE = 90;

    private LibraryCalls() {}

    /**
     * A call for the rows of a slice, or for the batch.
     *
     * @param from the first row
     * @param rows how many there are
     */
    static CodeBlock write(RoutineContext context, Kernel.LibraryCall call, String from, String rows) {
        CodeBlock.Builder code = CodeBlock.builder();
        code.add("$[$T.$L(\n", ClassName.get("io.espalier.kernel", call.type()), call.method());
        int length = 0;
        for (Operand operand : call.operands()) {
            CodeBlock argument = operand(context, operand, from, rows);
            boolean first = length == 0;
            int own = argument.toString().length() + 2;
            boolean breaks = !first && (operand instanceof Operand.Rows || length + own > LINE);
            code.add(first ? "$L" : breaks ? ",\n$L" : ", $L", argument);
            length = breaks ? own : length + own;
        }
        return code.add(");\n$]").build();
    }

    private static CodeBlock operand(RoutineContext context, Operand operand, String from, String rows) {
        return switch (operand) {
            case Operand.Rows of ->
                CodeBlock.of(
                        "$L, $L, $L",
                        context.array(of.value()),
                        offset(context, of.value(), from),
                        of.value().layout().stride());
            case Operand.Array of -> CodeBlock.of("$L", context.array(of.value()));
            case Operand.Slice of ->
                CodeBlock.of(
                        "$L, $L / $L * $L",
                        context.array(of.value()),
                        from,
                        RoutineWriter.sliceExamples(of.value().layout().positions()),
                        of.value().layout().width());
            case Operand.Offset of -> CodeBlock.of("$L", context.references().offset(of.parameter()));
            case Operand.Count count -> CodeBlock.of("$L", count.value());
            case Operand.Constant constant -> CodeBlock.of("$L", Polynomials.literal((float) constant.value()));
            case Operand.Scalars of ->
                CodeBlock.of("$L, $L", context.array(of.value()), offset(context, of.value(), from));
            case Operand.RowCount of -> CodeBlock.of("$L", rows(of.value(), rows));
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
                    case EXAMPLES -> CodeBlock.of("$L", rows);
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
