package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.Part;
import io.espalier.processor.ir.Piece;
import io.espalier.processor.ir.Value;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Writes a routine as a method: draws, products, loops over the rows, last products. Where kernels stand between loops, rows go
 * through all of it a slice at a time, so that they stay in the first-level cache; else one loop takes them all.
 */
final class RoutineWriter {
    private final RoutineContext context;
    private final boolean training;
    private final String from;
    private final String to;
    private final boolean inTiles;
    private final String caller;

    private RoutineWriter(References references, Code code, Part.Routine routine) {
        this.context = new RoutineContext(references, code);
        this.inTiles = references.uses().tiles(code, routine);
        this.training = code.mode().isTraining();
        this.caller = references.region().name() + code.mode().suffix() + "." + routine.name();
        this.from = training ? "from" : "0";
        this.to = training ? "to" : "rows";
    }

    /**
     * The method of a routine; in training for examples {@code from} to before {@code to}, else for the first {@code rows}.
     *
     * @param summed the parameters whose gradients are summed from what it leaves
     */
    static MethodSpec write(
            References references, Code code, Part.Routine routine, String direction, List<Parameter> summed) {
        return new RoutineWriter(references, code, routine).write(routine, direction, summed);
    }

    /** The call of such a method. */
    static CodeBlock call(References references, Code code, Part.Routine routine) {
        String arguments =
                code.mode().isTraining() ? CodeUse.arguments(references.uses().tiles(code, routine)) : "rows";
        return CodeBlock.builder()
                .addStatement("$L($L)", routine.name(), arguments)
                .build();
    }

    private MethodSpec write(Part.Routine routine, String direction, List<Parameter> summed) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(routine.name()).addModifiers(Modifier.PRIVATE);
        if (routine.titles().isEmpty()) {
            method.addJavadoc("Backward: sum of what comes back through a branch and its shortcut.\n");
        } else {
            method.addJavadoc(
                    "$L$L $L.\n",
                    source(routine),
                    direction.equals("Backward") ? "Backward through" : "Forward:",
                    String.join(", ", routine.titles()));
        }
        if (!summed.isEmpty()) {
            method.addJavadoc(
                    "From what it leaves the runtime sums the gradients of $L: see {@code gradientSums}.\n",
                    summed.stream()
                            .map(parameter -> "{@code " + parameter.name() + "}")
                            .collect(Collectors.joining(", ")));
        }
        if (training) {
            method.addParameter(int.class, "from").addParameter(int.class, "to");
            if (inTiles) {
                method.addParameter(int.class, "worker");
            }
        } else {
            method.addParameter(int.class, "rows");
        }
        CodeBlock loops = loops(routine);
        CodeBlock.Builder body = CodeBlock.builder();
        routine.products().forEach(product -> body.add(product(product)));
        routine.draws().forEach(draw -> body.add(draw(draw)));
        body.add(loops);
        routine.lastProducts().forEach(product -> body.add(product(product)));
        return method.addCode(context.arrayLines())
                .addCode(context.numberLines())
                .addCode(body.build())
                .build();
    }

    /** Where the model's source has the stage. */
    private String source(Part.Routine routine) {
        String source = context.references().region().source();
        return source.isEmpty() || routine.stage().isEmpty() ? "" : "{@code " + source + "." + routine.stage() + "}. ";
    }

    private CodeBlock loops(Part.Routine routine) {
        boolean sliced = routine.pieces().stream().anyMatch(piece -> switch (piece) {
            case Piece.RowCall ignored -> true;
            case Piece.Loop loop -> !sums(loop).isEmpty();
        });
        for (Piece piece : routine.pieces()) {
            if (piece instanceof Piece.Loop loop) {
                context.declareNumbers(loop);
            }
        }
        CodeBlock.Builder code = CodeBlock.builder();
        Set<Value> cleared = new HashSet<>();
        if (sliced) {
            CodeBlock examples = sliceExamples(routine.positions());
            code.beginControlFlow("for (int slice = $L; slice < $L; slice += $L)", from, to, examples);
            code.addStatement("int end = $T.min(slice + $L, $L)", Math.class, examples, to);
        }
        for (Piece piece : routine.pieces()) {
            switch (piece) {
                case Piece.RowCall call -> code.add(LibraryCalls.write(context, call.call(), "slice", "end - slice"));
                case Piece.Loop loop -> {
                    sums(loop).stream().filter(cleared::add).forEach(sums -> code.add(clear(sums)));
                    code.add(sliced ? loop(loop, "slice", "end") : loop(loop, from, to));
                }
            }
        }
        return sliced ? code.endControlFlow().build() : code.build();
    }

    private CodeBlock loop(Piece.Loop loop, String first, String end) {
        return LoopWriter.write(context, loop)
                .map(method -> context.references()
                        .loops()
                        .call(
                                method,
                                caller,
                                RoutineContext.rows(first, loop.positions()),
                                RoutineContext.rows(end, loop.positions()),
                                loop.stride()))
                .orElse(CodeBlock.of(""));
    }

    /** The partial sums that a loop adds to. */
    private static Set<Value> sums(Piece.Loop loop) {
        Set<Value> sums = new LinkedHashSet<>();
        for (Kernel kernel : loop.kernels()) {
            if (kernel instanceof Kernel.Accumulate accumulate) {
                sums.add(accumulate.sums());
            }
        }
        return sums;
    }

    private CodeBlock clear(Value sums) {
        int columns = sums.layout().width();
        return CodeBlock.builder()
                .addStatement(
                        "$T.fill($L, slice / $L * $L, (slice / $L + 1) * $L, 0f)",
                        Arrays.class,
                        context.array(sums),
                        sliceExamples(sums.layout().positions()),
                        columns,
                        sliceExamples(sums.layout().positions()),
                        columns)
                .build();
    }

    private static CodeBlock sliceExamples(int positions) {
        return MarkedText.code(MarkedText.sliceExamples(positions));
    }

    private CodeBlock product(Kernel.Contraction product) {
        String rows = RoutineContext.rows(
                training ? "to - from" : "rows", product.source().layout().positions());
        return CodeBlock.builder()
                .addStatement(
                        "$T.multiply(\n$L, $L, $L, $L, $L,\n$L, $L,\n$L, $L, $L)",
                        Types.MATRIX_MULTIPLY,
                        context.array(product.source()),
                        first("aOffset", product.source()),
                        Arguments.named("aStride", product.source().layout().stride()),
                        Arguments.named("rows", rows),
                        Arguments.named(
                                "depth",
                                product.backward()
                                        ? product.weight().out()
                                        : product.weight().in()),
                        Weights.array(context.references(), context.code(), product),
                        Arguments.named(
                                "columns",
                                product.backward()
                                        ? product.weight().in()
                                        : product.weight().out()),
                        context.array(product.result()),
                        first("cOffset", product.result()),
                        Arguments.named("cStride", product.result().layout().stride()))
                .build();
    }

    private String first(String name, Value value) {
        return training && !context.isInTile(value)
                ? "from * " + value.layout().exampleStride()
                : Arguments.named(name, 0);
    }

    private CodeBlock draw(Kernel draw) {
        CodeBlock.Builder code = CodeBlock.builder();
        switch (draw) {
            case Kernel.DrawMask mask
            when mask.mask().layout().isScalar() ->
                code.addStatement(
                        "$T.rowScales($L, $L.threshold(),\n$L, $L, $L)",
                        Types.DROPOUT_MASK,
                        context.array(mask.mask()),
                        mask.rate().name(),
                        counters(mask.stream()),
                        Arguments.ifBare("from", from),
                        to);
            case Kernel.DrawMask mask ->
                code.addStatement(
                        "$T.fill($L, $L, $L.threshold(),\n$L, $L, $L)",
                        Types.DROPOUT_MASK,
                        context.array(mask.mask()),
                        Arguments.named("width", mask.mask().layout().width()),
                        mask.rate().name(),
                        counters(mask.stream()),
                        Arguments.ifBare("from", from),
                        to);
            case Kernel.DrawNormal normal ->
                code.addStatement(
                        "$T.fill($L, $L, $L, (float) $LDeviation.value(),\n$L, $L, $L)",
                        Types.NORMAL_DRAWS,
                        context.array(normal.draws()),
                        Arguments.named("stride", normal.draws().layout().stride()),
                        Arguments.named("mean", Polynomials.literal(normal.mean())),
                        context.array(normal.draws()),
                        counters(normal.stream()),
                        Arguments.ifBare("from", from),
                        to);
            default -> throw new IllegalStateException(draw + " draws nothing");
        }
        return code.build();
    }

    private String counters(int stream) {
        return "state.seed(), " + Arguments.named("stream", context.references().stream(stream))
                + ", state.drawStep(), state.firstRow()";
    }
}
