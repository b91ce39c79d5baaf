package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import io.espalier.processor.plan.Step;

/** Writes what noise does to one vector, forward and backward, from what {@link NoiseBuffers} hold. */
final class NoiseEmitter {
    private NoiseEmitter() {}

    /**
     * Writes noise.
     *
     * @param x name of the vector that comes in
     * @return name of the vector that goes out
     */
    static String forward(Step.Noise noise, String x, RowLoop loop) {
        return switch (noise) {
            case Step.Dropout dropout -> declared("dropped", masked(dropout, x, loop), loop);
            case Step.AlphaDropout dropout ->
                declared(
                        "dropped",
                        CodeBlock.of(
                                "$T.broadcast(FLOATS, $Lf).blend($L.fma($Lf, $Lf), $L)",
                                Types.FLOAT_VECTOR,
                                dropout.dropped(),
                                x,
                                dropout.scale(),
                                dropout.shift(),
                                kept(dropout.name(), dropout.words(), loop)),
                        loop);
            case Step.GaussianDropout dropout ->
                declared("scaled", CodeBlock.of("$L.mul($L)", x, draws(dropout, loop)), loop);
            case Step.GaussianNoise gaussian ->
                declared("noisy", CodeBlock.of("$L.add($L)", x, load(gaussian.name(), gaussian.stride(), loop)), loop);
            case Step.DropPath path -> declared("scaled", CodeBlock.of("$L.mul($L)", x, pathScale(path, loop)), loop);
        };
    }

    /** Whether noise changes the gradient: not if it is only added. */
    static boolean scales(Step.Noise noise) {
        return !(noise instanceof Step.GaussianNoise);
    }

    /** The gradient of the input of noise that {@link #scales} from {@code gradient}, that of its output. */
    static CodeBlock backward(Step.Noise noise, RowLoop loop) {
        return switch (noise) {
            case Step.Dropout dropout -> masked(dropout, "gradient", loop);
            case Step.AlphaDropout dropout ->
                CodeBlock.of(
                        "$T.zero(FLOATS).blend(gradient.mul($Lf), $L)",
                        Types.FLOAT_VECTOR,
                        dropout.scale(),
                        kept(dropout.name(), dropout.words(), loop));
            case Step.GaussianDropout dropout -> CodeBlock.of("gradient.mul($L)", draws(dropout, loop));
            case Step.GaussianNoise ignored -> throw new IllegalStateException("added noise scales nothing");
            case Step.DropPath path -> CodeBlock.of("gradient.mul($L)", pathScale(path, loop));
        };
    }

    private static String declared(String wanted, CodeBlock value, RowLoop loop) {
        String name = loop.variable(wanted);
        StepEmitter.declare(loop.body(), name, value);
        return name;
    }

    /** What dropout lets through, scaled: forward for the value, backward for the gradient. */
    private static CodeBlock masked(Step.Dropout dropout, String x, RowLoop loop) {
        String kept = kept(dropout.name(), dropout.words(), loop);
        return CodeBlock.of("$T.zero(FLOATS).blend($L.mul($Lf), $L)", Types.FLOAT_VECTOR, x, dropout.scale(), kept);
    }

    /** Which lanes are kept. */
    private static String kept(String name, int wordsOfRow, RowLoop loop) {
        String mask = name + "Mask";
        String words = loop.rowVariable(
                mask,
                "words",
                variable -> CodeBlock.of("int $L = row$L;\n", variable, wordsOfRow == 1 ? "" : " * " + wordsOfRow));
        return loop.bodyVariable(
                mask + ".kept",
                "kept",
                variable -> CodeBlock.of(
                        "$T<$T> $L = $T.fromLong(FLOATS, $L[$L + (i >>> 6)] >>> i);\n",
                        Types.VECTOR_MASK,
                        Float.class,
                        variable,
                        Types.VECTOR_MASK,
                        mask,
                        words));
    }

    private static CodeBlock draws(Step.GaussianDropout dropout, RowLoop loop) {
        return load(dropout.name(), dropout.stride(), loop);
    }

    private static CodeBlock load(String name, int stride, RowLoop loop) {
        String array = name + "Draws";
        String start =
                loop.rowVariable(array, "draws", variable -> CodeBlock.of("int $L = row * $L;\n", variable, stride));
        return loop.loadFrom(array, start);
    }

    /** 0 or the scale of a kept branch. */
    private static String pathScale(Step.DropPath path, RowLoop loop) {
        return loop.rowVariable(
                path.name(),
                "branchScale",
                variable -> CodeBlock.of("float $L = $L[row];\n", variable, path.name() + "Scale"));
    }
}
