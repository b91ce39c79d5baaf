package io.espalier.processor.emit;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.TypeName;
import io.espalier.processor.plan.Step;
import java.util.List;
import javax.lang.model.element.Modifier;

/** What a random step draws for the rows at hand: where it lies, and how it is drawn. Every mode that is random shares it. */
final class NoiseBuffers {
    private static final TypeName FLOATS = ArrayTypeName.of(float.class);
    private static final TypeName LONGS = ArrayTypeName.of(long.class);

    private NoiseBuffers() {}

    /** Fields that hold what a step draws; none where it draws nothing. */
    static List<FieldSpec> fields(Step step) {
        return switch (step) {
            case Step.Dropout dropout ->
                List.of(FieldSpec.builder(LONGS, dropout.name() + "Mask", Modifier.PRIVATE)
                        .addJavadoc("A bit for each value: whether it is kept.\n")
                        .build());
            case Step.DropPath path ->
                List.of(
                        FieldSpec.builder(FLOATS, path.name() + "Scale", Modifier.PRIVATE)
                                .build(),
                        FieldSpec.builder(TypeName.INT, path.name() + "Threshold", Modifier.PRIVATE)
                                .build());
            default -> List.of();
        };
    }

    /** Statements that allocate them for a number of rows; empty where a step draws nothing. */
    static CodeBlock allocation(Step step, String rows) {
        CodeBlock.Builder code = CodeBlock.builder();
        switch (step) {
            case Step.Dropout dropout ->
                code.addStatement(
                        "$LMask = new long[$L$L]",
                        dropout.name(),
                        rows,
                        dropout.words() == 1 ? "" : " * " + dropout.words());
            case Step.DropPath path -> {
                code.addStatement("$LScale = new float[$L]", path.name(), rows);
                code.addStatement("$LThreshold = $L.nextThreshold()", path.name(), Scope.dropPath(path.rule()));
            }
            default -> {}
        }
        return code.build();
    }

    /** Statements that draw for some rows; empty where a step draws nothing. */
    static CodeBlock draw(Scope scope, Step step, String from, String to) {
        CodeBlock.Builder code = CodeBlock.builder();
        switch (step) {
            case Step.Dropout dropout ->
                code.addStatement(
                        "$T.fill($LMask, $L, $L, seed, $L, drawStep(), firstRow(), $L, $L)",
                        Types.DROPOUT_MASK,
                        dropout.name(),
                        dropout.width(),
                        dropout.threshold(),
                        scope.stream(dropout.stream()),
                        from,
                        to);
            case Step.DropPath path ->
                code.addStatement(
                        "$T.rowScales($LScale, $LThreshold, seed, $L, drawStep(), firstRow(), $L, $L)",
                        Types.DROPOUT_MASK,
                        path.name(),
                        path.name(),
                        scope.stream(path.stream()),
                        from,
                        to);
            default -> {}
        }
        return code.build();
    }
}
