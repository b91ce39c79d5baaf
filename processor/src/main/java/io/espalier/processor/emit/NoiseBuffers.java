package io.espalier.processor.emit;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
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
            case Step.Dropout dropout -> mask(dropout.name());
            case Step.AlphaDropout dropout -> mask(dropout.name());
            case Step.GaussianDropout dropout -> draws(dropout.name(), "A factor for each value.\n");
            case Step.GaussianNoise noise -> draws(noise.name(), "What is added to each value.\n");
            case Step.DropPath path ->
                List.of(
                        FieldSpec.builder(FLOATS, path.name() + "Scale", Modifier.PRIVATE)
                                .build(),
                        FieldSpec.builder(TypeName.INT, path.name() + "Threshold", Modifier.PRIVATE)
                                .build());
            default -> List.of();
        };
    }

    private static List<FieldSpec> mask(String name) {
        return List.of(FieldSpec.builder(LONGS, name + "Mask", Modifier.PRIVATE)
                .addJavadoc("A bit for each value: whether it is kept.\n")
                .build());
    }

    private static List<FieldSpec> draws(String name, String comment) {
        return List.of(FieldSpec.builder(FLOATS, name + "Draws", Modifier.PRIVATE)
                .addJavadoc(comment)
                .build());
    }

    /** Statements that allocate them for a number of rows; empty where a step draws nothing. */
    static CodeBlock allocation(Step step, String rows) {
        CodeBlock.Builder code = CodeBlock.builder();
        switch (step) {
            case Step.Dropout dropout -> allocate(code, dropout.name(), rows, dropout.words());
            case Step.AlphaDropout dropout -> allocate(code, dropout.name(), rows, dropout.words());
            case Step.GaussianDropout dropout ->
                code.addStatement("$LDraws = new float[$L * $L]", dropout.name(), rows, dropout.stride());
            case Step.GaussianNoise noise ->
                code.addStatement("$LDraws = new float[$L * $L]", noise.name(), rows, noise.stride());
            case Step.DropPath path -> {
                code.addStatement("$LScale = new float[$L]", path.name(), rows);
                code.addStatement("$LThreshold = $L.nextThreshold()", path.name(), Scope.dropPath(path.rule()));
            }
            default -> {}
        }
        return code.build();
    }

    private static void allocate(CodeBlock.Builder code, String name, String rows, int words) {
        code.addStatement("$LMask = new long[$L$L]", name, rows, words == 1 ? "" : " * " + words);
    }

    /** Statements that draw for some rows; empty where a step draws nothing. */
    static CodeBlock draw(Scope scope, Step step, String from, String to) {
        CodeBlock.Builder code = CodeBlock.builder();
        switch (step) {
            case Step.Dropout dropout -> {
                String size = dropout.width() + ", " + dropout.threshold();
                fill(code, Types.DROPOUT_MASK, dropout.name() + "Mask", size, scope.stream(dropout.stream()), from, to);
            }
            case Step.AlphaDropout dropout -> {
                String size = dropout.width() + ", " + dropout.threshold();
                fill(code, Types.DROPOUT_MASK, dropout.name() + "Mask", size, scope.stream(dropout.stream()), from, to);
            }
            case Step.GaussianDropout dropout -> {
                String distribution = dropout.stride() + ", 1f, " + dropout.deviation() + "f";
                String stream = scope.stream(dropout.stream());
                fill(code, Types.NORMAL_DRAWS, dropout.name() + "Draws", distribution, stream, from, to);
            }
            case Step.GaussianNoise noise -> {
                String distribution = noise.stride() + ", 0f, " + (float) noise.deviation() + "f";
                String stream = scope.stream(noise.stream());
                fill(code, Types.NORMAL_DRAWS, noise.name() + "Draws", distribution, stream, from, to);
            }
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

    private static void fill(
            CodeBlock.Builder code,
            ClassName kernel,
            String array,
            String what,
            String stream,
            String from,
            String to) {
        code.addStatement(
                "$T.fill($L, $L, seed, $L, drawStep(), firstRow(), $L, $L)", kernel, array, what, stream, from, to);
    }
}
