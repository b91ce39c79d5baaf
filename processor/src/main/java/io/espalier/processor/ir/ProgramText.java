package io.espalier.processor.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Programs in words, pass by pass: for tests, documentation and whoever looks for a fault. */
public final class ProgramText {
    private ProgramText() {}

    /** A line for each kernel. */
    public static String of(List<? extends Kernel> kernels) {
        return kernels.stream().map(kernel -> kernel + "\n").collect(Collectors.joining());
    }

    /** A pass with its phases, methods and loops. */
    public static String ofPhases(List<Phase> phases) {
        List<String> lines = new ArrayList<>();
        for (Phase phase : phases) {
            switch (phase) {
                case Phase.Examples examples -> {
                    lines.add("examples");
                    examples.parts().forEach(part -> part(part, lines));
                }
                case Phase.Wide wide -> lines.add("outputs\n  " + wide.contraction());
                case Phase.Batch batch -> lines.add("batch\n  " + batch.call());
                case Phase.Nested nested -> lines.add("phases of\n  " + nested.call());
            }
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Where the values of a program lie, array by array, and what an example takes. */
    public static String of(Code code, Memory memory) {
        Map<String, List<String>> arrays = new LinkedHashMap<>();
        memory.storage().forEach((value, storage) -> arrays.computeIfAbsent(array(storage), key -> new ArrayList<>())
                .add(value.toString()));
        StringBuilder text = new StringBuilder(code.mode().name().toLowerCase(Locale.ROOT));
        text.append(": an example takes ").append(memory.bytes()).append(" bytes in arrays of a run's own");
        if (!memory.shared().isEmpty()) {
            text.append(", ").append(memory.shared()).append(" values in arrays that all stages share");
        }
        if (!memory.tiles().isEmpty()) {
            text.append(", ").append(memory.tiles()).append(" values in tiles of the thread");
        }
        text.append('\n');
        arrays.forEach((array, values) -> text.append("  ")
                .append(array)
                .append(": ")
                .append(String.join(", ", values))
                .append('\n'));
        return text.toString();
    }

    private static String array(Storage storage) {
        return switch (storage.kind()) {
            case INPUT -> "input";
            case OWN -> "array " + storage.number();
            case RUN -> "output of a run, " + storage.number();
            case GRADIENT -> "gradient";
            case INPUT_GRADIENT -> "input gradient";
            case SHARED -> "shared array " + storage.number();
            case TILE -> "tile " + storage.number();
            case OUTPUT -> "output";
        };
    }

    private static void part(Part part, List<String> lines) {
        switch (part) {
            case Part.Inline inline -> lines.add("  " + inline.call());
            case Part.Routine routine -> {
                lines.add("  " + routine.name() + ": " + String.join(", ", routine.titles()));
                routine.draws().forEach(kernel -> lines.add("    " + kernel));
                routine.products().forEach(kernel -> lines.add("    " + kernel));
                for (Piece piece : routine.pieces()) {
                    switch (piece) {
                        case Piece.RowCall call -> lines.add("    " + call.call());
                        case Piece.Loop loop -> {
                            lines.add("    loop");
                            for (Kernel kernel : loop.kernels()) {
                                boolean stored = kernel.writes().stream().anyMatch(loop.stored()::contains);
                                lines.add("      " + kernel + (stored ? ", stored" : ""));
                            }
                        }
                    }
                }
                routine.lastProducts().forEach(kernel -> lines.add("    " + kernel));
            }
        }
    }

    /** A formula as it is computed. */
    public static String of(Expression expression) {
        return switch (expression) {
            case Expression.Of of -> of.value().toString();
            case Expression.Column column -> column.parameter().name();
            case Expression.Sum ignored -> "sum";
            case Expression.Constant constant -> String.valueOf(constant.value());
            case Expression.StepNumber number -> number.name();
            case Expression.Either either -> either.kept() + " or " + either.other();
            case Expression.Plus plus -> binary(plus.left(), "+", plus.right());
            case Expression.Minus minus -> binary(minus.left(), "-", minus.right());
            case Expression.Times times -> binary(times.left(), "*", times.right());
            case Expression.Over over -> binary(over.left(), "/", over.right());
            case Expression.FusedMultiplyAdd fma ->
                "fma(" + of(fma.left()) + ", " + of(fma.right()) + ", " + of(fma.addend()) + ")";
            case Expression.Apply apply ->
                apply.function().name().toLowerCase(Locale.ROOT) + "(" + of(apply.of()) + ")";
            case Expression.Select select ->
                "(" + of(select.condition()) + " ? " + of(select.yes()) + " : " + of(select.no()) + ")";
        };
    }

    private static String of(Expression.Condition condition) {
        return switch (condition) {
            case Expression.Condition.Less less -> of(less.left()) + " < " + of(less.right());
            case Expression.Condition.Greater greater -> of(greater.left()) + " > " + of(greater.right());
            case Expression.Condition.Kept kept -> kept.mask() + " keeps";
        };
    }

    private static String binary(Expression left, String operator, Expression right) {
        return "(" + of(left) + " " + operator + " " + of(right) + ")";
    }
}
