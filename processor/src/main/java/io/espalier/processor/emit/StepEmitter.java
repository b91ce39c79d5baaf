package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import io.espalier.processor.plan.Step;

/** Writes what a step does to one vector, forward; each operation's formula stands here once. */
final class StepEmitter {
    private final Scope scope;
    private final Mode mode;

    StepEmitter(Scope scope, Mode mode) {
        this.scope = scope;
        this.mode = mode;
    }

    /**
     * Writes a step.
     *
     * @param x name of the vector that comes in
     * @return name of the vector that goes out
     */
    String forward(Step step, String x, RowLoop loop) {
        CodeBlock.Builder body = loop.body();
        return switch (step) {
            case Step.AddBias add -> {
                String biased = loop.variable("biased");
                declare(
                        body,
                        biased,
                        CodeBlock.of("$L.add($L)", x, RowLoop.loadColumn("values", scope.place(add.bias()))));
                yield biased;
            }
            case Step.LayerNorm norm -> scaled(norm, standardized(norm, x, loop), loop);
            case Step.RmsNorm norm -> scaled(norm, standardized(norm, x, loop), loop);
            case Step.BatchNorm norm -> {
                if (mode.isTraining()) {
                    yield scaled(norm, standardized(norm, x, loop), loop);
                }
                String normalized = loop.variable("normalized");
                body.add("// Scale and shift hold the running statistics.\n");
                declare(
                        body,
                        normalized,
                        CodeBlock.of(
                                "$L.fma(\n$>$>$L,\n$L)$<$<",
                                x,
                                RowLoop.loadColumn(norm.name() + "Scale"),
                                RowLoop.loadColumn(norm.name() + "Shift")));
                yield normalized;
            }
            case Step.Activate activate -> ActivationEmitter.forward(activate, x, loop);
            case Step.Noise noise -> mode.isRandom() ? NoiseEmitter.forward(noise, x, loop) : x;
            case Step.Join join -> {
                String joined = loop.variable("joined");
                declare(body, joined, CodeBlock.of("$L.add($L)", x, loop.load(join.skip())));
                yield joined;
            }
            case Step.Keep keep -> {
                loop.store(x, keep.value());
                yield x;
            }
            case Step.Fork ignored -> x;
            case Step.Softmax ignored -> throw new IllegalStateException("softmax is no step of a loop");
        };
    }

    static void declare(CodeBlock.Builder body, String name, CodeBlock value) {
        body.addStatement("$T $L = $L", Types.FLOAT_VECTOR, name, value);
    }

    /** A row with mean 0 and variance 1. */
    String standardized(Step.LayerNorm norm, String x, RowLoop loop) {
        String means = mode.isTraining() ? norm.name() + "Mean" : "rowMeans";
        String deviations = mode.isTraining() ? norm.name() + "InverseDeviation" : "rowDeviations";
        String mean = loop.rowVariable(
                norm.name() + ".mean", "mean", name -> CodeBlock.of("float $L = $L[row];\n", name, means));
        String deviation = loop.rowVariable(
                norm.name() + ".deviation",
                "inverseDeviation",
                name -> CodeBlock.of("float $L = $L[row];\n", name, deviations));
        String standardized = loop.variable("standardized");
        declare(loop.body(), standardized, CodeBlock.of("$L.sub($L).mul($L)", x, mean, deviation));
        return standardized;
    }

    /** A row whose mean square is 1. */
    String standardized(Step.RmsNorm norm, String x, RowLoop loop) {
        String standardized = loop.variable("standardized");
        declare(loop.body(), standardized, CodeBlock.of("$L.mul($L)", x, inverseRms(norm, loop)));
        return standardized;
    }

    /** What a row is multiplied with. */
    String inverseRms(Step.RmsNorm norm, RowLoop loop) {
        String inverses = mode.isTraining() ? norm.name() + "InverseRms" : "rowDeviations";
        return loop.rowVariable(
                norm.name() + ".inverseRms",
                "inverseRms",
                name -> CodeBlock.of("float $L = $L[row];\n", name, inverses));
    }

    /** Columns with mean 0 and variance 1 over the batch. */
    String standardized(Step.BatchNorm norm, String x, RowLoop loop) {
        String standardized = loop.variable("standardized");
        declare(
                loop.body(),
                standardized,
                CodeBlock.of(
                        "$L.sub($L)\n$>$>.mul($L)$<$<",
                        x,
                        RowLoop.loadColumn(norm.name() + "Mean"),
                        RowLoop.loadColumn(norm.name() + "InverseDeviation")));
        return standardized;
    }

    String scaled(Step.LayerNorm norm, String standardized, RowLoop loop) {
        return scaled(loop, standardized, scope.place(norm.scale()), scope.place(norm.shift()));
    }

    String scaled(Step.RmsNorm norm, String standardized, RowLoop loop) {
        String normalized = loop.variable("normalized");
        declare(
                loop.body(),
                normalized,
                CodeBlock.of("$L.mul($L)", standardized, RowLoop.loadColumn("values", scope.place(norm.scale()))));
        return normalized;
    }

    String scaled(Step.BatchNorm norm, String standardized, RowLoop loop) {
        return scaled(loop, standardized, scope.place(norm.scale()), scope.place(norm.shift()));
    }

    private static String scaled(RowLoop loop, String standardized, String scale, String shift) {
        String normalized = loop.variable("normalized");
        declare(
                loop.body(),
                normalized,
                CodeBlock.of(
                        "$L.fma(\n$>$>$L,\n$L)$<$<",
                        standardized,
                        RowLoop.loadColumn("values", scale),
                        RowLoop.loadColumn("values", shift)));
        return normalized;
    }
}
