package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.Part;
import io.espalier.processor.ir.Piece;
import io.espalier.processor.ir.Rate;
import io.espalier.processor.ir.Scalar;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the loops of an emitted method have in common: where values lie, and the numbers of the step, loaded once in front. */
final class RoutineContext {
    /** Parameters and variables of the methods of routines. */
    private static final List<String> OF_ROUTINES = List.of("from", "to", "worker", "rows", "slice", "end");

    /** Fields and parameters that classes of regions have besides their arrays. */
    private static final List<String> GIVEN = List.of(
            "values",
            "state",
            "input",
            "inputs",
            "output",
            "shared",
            "tiles",
            "weightsAt",
            "decayedAt",
            "undecayedAt",
            "statisticsAt",
            "stream",
            "branch",
            "gradientTile",
            "gradientShared",
            "inputGradientTile",
            "inputGradientShared",
            "firstShared",
            "firstTile");

    private final References references;
    private final Code code;
    private final Memory memory;
    private final Names names;
    private final Map<Expression.StepNumber, String> numbers = new LinkedHashMap<>();
    private final CodeBlock.Builder numberLines = CodeBlock.builder();
    private final Map<String, String> arrays = new LinkedHashMap<>();

    RoutineContext(References references, Code code) {
        this.references = references;
        this.code = code;
        this.memory = references.network().memory(code);
        this.names = new Names(memory.names());
        OF_ROUTINES.forEach(names::unique);
        GIVEN.forEach(names::unique);
    }

    References references() {
        return references;
    }

    Code code() {
        return code;
    }

    /**
     * The variable or field of the array that holds a value. Of what is shared, and of what lies in an array that another
     * value has given its name, the method has a variable with its own.
     */
    String array(Value value) {
        Storage storage = memory.storage(value);
        switch (storage.kind()) {
            case SHARED, TILE, GRADIENT, INPUT_GRADIENT ->
                arrays.put(storage.name(), references.array(memory, storage));
            case INPUT, RUN, OWN -> {
                if (!storage.field().equals(storage.name())) {
                    arrays.put(storage.name(), storage.field());
                }
            }
            case OUTPUT -> {}
        }
        return storage.kind() == Storage.Kind.OUTPUT ? "output" : storage.name();
    }

    /** Statements that find shared arrays; complete when all that uses them is written. */
    CodeBlock arrayLines() {
        CodeBlock.Builder lines = CodeBlock.builder();
        arrays.forEach((name, array) -> lines.addStatement("float[] $L = $L", name, array));
        return lines.build();
    }

    /** Whether two values lie in one array. */
    boolean isSameArray(Value value, Value other) {
        return memory.storage(value).isSameArray(memory.storage(other));
    }

    /** Whether a kernel copies a value that lies in memory to where it lies already. */
    boolean isInPlace(Kernel.Pointwise pointwise, Piece.Loop loop) {
        return isInPlace(memory, pointwise, loop);
    }

    private static boolean isInPlace(Memory memory, Kernel.Pointwise pointwise, Piece.Loop loop) {
        return pointwise.formula() instanceof Expression.Of(Value copied)
                && loop.stored().contains(pointwise.result())
                && memory.storage().containsKey(copied)
                && loop.kernels().stream().noneMatch(kernel -> kernel.writes().contains(copied))
                && memory.storage(copied).isSameArray(memory.storage(pointwise.result()));
    }

    /** Whether a routine has something to do: not if all it does is to copy values to where they lie already. */
    static boolean isEmpty(Memory memory, Part.Routine routine) {
        return routine.draws().isEmpty()
                && routine.products().isEmpty()
                && routine.lastProducts().isEmpty()
                && routine.pieces().stream()
                        .allMatch(piece -> piece instanceof Piece.Loop loop && isEmpty(memory, loop));
    }

    /** Whether all that a loop does is to copy values to where they lie already. */
    static boolean isEmpty(Memory memory, Piece.Loop loop) {
        return loop.kernels().stream()
                .allMatch(kernel -> kernel instanceof Kernel.Pointwise pointwise && isInPlace(memory, pointwise, loop));
    }

    /** Whether a value's rows are counted from the first of the task. */
    boolean isInTile(Value value) {
        return CodeUse.isInTile(memory, memory.storage(value));
    }

    /** A number of examples as one of rows. */
    static String rows(String examples, int positions) {
        if (positions == 1 || examples.equals("0")) {
            return examples;
        }
        return (examples.contains(" ") ? "(" + examples + ")" : examples) + " * " + positions;
    }

    /** Names the numbers of a loop: before any loop of the method is written, so that none takes their names. */
    void declareNumbers(Piece.Loop loop) {
        for (Kernel kernel : loop.kernels()) {
            switch (kernel) {
                case Kernel.Pointwise pointwise -> declareNumbers(pointwise.formula());
                case Kernel.Accumulate accumulate -> declareNumbers(accumulate.formula());
                default -> throw new IllegalStateException(kernel + " in a loop");
            }
        }
    }

    private void declareNumbers(Expression formula) {
        if (formula instanceof Expression.StepNumber number) {
            number(number);
        }
        formula.operands().forEach(this::declareNumbers);
    }

    /** The float of a number of the step. */
    String number(Expression.StepNumber number) {
        String known = numbers.get(number);
        if (known == null) {
            known = names.unique(number.name());
            numbers.put(number, known);
            numberLines.addStatement("float $L = $L", known, rounded(number.formula()));
        }
        return known;
    }

    /** Statements in front of the loops; complete when these are written. */
    CodeBlock numberLines() {
        return numberLines.build();
    }

    private static CodeBlock rounded(Scalar formula) {
        if (formula instanceof Scalar.KeptScale(Rate rate)) {
            return CodeBlock.of("$L.scale()", rate.name());
        }
        return CodeBlock.of("(float) ($L)", text(formula));
    }

    private static CodeBlock text(Scalar formula) {
        return switch (formula) {
            case Scalar.Literal literal -> CodeBlock.of("$L", literal.value());
            case Scalar.Realized realized ->
                CodeBlock.of("$L.realized()", realized.rate().name());
            case Scalar.KeptScale kept ->
                CodeBlock.of("$L.keptScale()", kept.rate().name());
            case Scalar.Plus plus -> CodeBlock.of("($L + $L)", text(plus.left()), text(plus.right()));
            case Scalar.Minus minus -> CodeBlock.of("($L - $L)", text(minus.left()), text(minus.right()));
            case Scalar.Times times -> CodeBlock.of("$L * $L", text(times.left()), factor(times.right()));
            case Scalar.Over over -> CodeBlock.of("$L / $L", text(over.left()), factor(over.right()));
            case Scalar.Root root -> CodeBlock.of("$T.sqrt($L)", Math.class, text(root.of()));
        };
    }

    /** A product on the right is computed first. */
    private static CodeBlock factor(Scalar formula) {
        return formula instanceof Scalar.Times || formula instanceof Scalar.Over
                ? CodeBlock.of("($L)", text(formula))
                : text(formula);
    }
}
