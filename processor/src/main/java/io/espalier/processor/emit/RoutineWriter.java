package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Part;
import io.espalier.processor.ir.Piece;
import io.espalier.processor.ir.Value;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
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

    private RoutineWriter(References references, Code code, Part.Routine routine) {
        this.context = new RoutineContext(references, code);
        this.inTiles = new TileUse(references.network()).of(code, routine);
        this.training = code.mode().isTraining();
        this.from = training ? "from" : "0";
        this.to = training ? "to" : "rows";
    }

    /** The method of a routine; in training for rows {@code from} to {@code to}, else for the first {@code rows}. */
    static MethodSpec write(References references, Code code, Part.Routine routine, String direction) {
        return new RoutineWriter(references, code, routine).write(routine, direction);
    }

    /** The call of such a method. */
    static CodeBlock call(References references, Code code, Part.Routine routine) {
        String arguments = code.mode().isTraining()
                ? TileUse.arguments(new TileUse(references.network()).of(code, routine))
                : "rows";
        return CodeBlock.builder()
                .addStatement("$L($L)", routine.name(), arguments)
                .build();
    }

    private MethodSpec write(Part.Routine routine, String direction) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(routine.name()).addModifiers(Modifier.PRIVATE);
        if (!routine.titles().isEmpty()) {
            method.addJavadoc("$L: $L.\n", direction, String.join(", ", routine.titles()));
        } else {
            method.addJavadoc("$L: the gradients of a value's readers are summed.\n", direction);
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
                    code.add(
                            sliced
                                    ? LoopWriter.write(context, loop, "slice", "end")
                                    : LoopWriter.write(context, loop, from, to));
                }
            }
        }
        return sliced ? code.endControlFlow().build() : code.build();
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

    /** The examples of a slice. */
    static CodeBlock sliceExamples(int positions) {
        return positions == 1
                ? CodeBlock.of("$T.ROWS", Types.SLICES)
                : CodeBlock.of("$T.examples($L)", Types.SLICES, positions);
    }

    private CodeBlock product(Kernel.Contraction product) {
        String rows = RoutineContext.rows(
                training ? "to - from" : "rows", product.source().layout().positions());
        return CodeBlock.builder()
                .addStatement(
                        "$T.multiply(\n$L, $L, $L, $L, $L,\n$L, $L,\n$L, $L, $L)",
                        Types.MATRIX_MULTIPLY,
                        context.array(product.source()),
                        first(product.source()),
                        product.source().layout().stride(),
                        rows,
                        product.backward()
                                ? product.weight().out()
                                : product.weight().in(),
                        Weights.array(context.references(), context.code(), product),
                        product.backward()
                                ? product.weight().in()
                                : product.weight().out(),
                        context.array(product.result()),
                        first(product.result()),
                        product.result().layout().stride())
                .build();
    }

    private String first(Value value) {
        return training && !context.isInTile(value) ? "from * " + value.layout().exampleStride() : "0";
    }

    private CodeBlock draw(Kernel draw) {
        CodeBlock.Builder code = CodeBlock.builder();
        switch (draw) {
            case Kernel.DrawMask mask
            when mask.mask().layout().isScalar() ->
                code.addStatement(
                        "$T.rowScales($L, $L.threshold(), $L, $L, $L)",
                        Types.DROPOUT_MASK,
                        context.array(mask.mask()),
                        mask.rate().name(),
                        counters(mask.stream()),
                        from,
                        to);
            case Kernel.DrawMask mask ->
                code.addStatement(
                        "$T.fill($L, $L, $L.threshold(), $L, $L, $L)",
                        Types.DROPOUT_MASK,
                        context.array(mask.mask()),
                        mask.mask().layout().width(),
                        mask.rate().name(),
                        counters(mask.stream()),
                        from,
                        to);
            case Kernel.DrawNormal normal ->
                code.addStatement(
                        "$T.fill($L, $L, $L, (float) $LDeviation.value(), $L, $L, $L)",
                        Types.NORMAL_DRAWS,
                        context.array(normal.draws()),
                        normal.draws().layout().stride(),
                        Polynomials.literal(normal.mean()),
                        context.array(normal.draws()),
                        counters(normal.stream()),
                        from,
                        to);
            default -> throw new IllegalStateException(draw + " draws nothing");
        }
        return code.build();
    }

    private String counters(int stream) {
        return "state.seed(), " + context.references().stream(stream) + ", state.drawStep(), state.firstRow()";
    }
}
