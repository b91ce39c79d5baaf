package io.espalier.processor.emit;

import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import java.util.Locale;

/** Models that together hold every operation of the language, and every way in which stages are put together. */
enum Models {
    /** Dense stages with layer norm and dropout. */
    PERCEPTRON("""
            @Network(input = 20)
            @LabelSmoothing
            final class Perceptron {
                @Dense(48) @LayerNorm @Gelu @Dropout(p = 0.3)  Layer hidden;
                @Dense(5)                                      Layer logits;
            }
            """),
    /** Batch norm, which cuts the loops; the network is public. */
    STANDARDIZED("""
            @Network(input = {4, 5})
            @Sgd(momentum = 0.9, nesterov = true)
            @WeightDecay(5e-4)
            public final class Standardized {
                @Flatten @BatchNorm          Layer standardized;
                @Dense(24) @BatchNorm @Relu  Layer first;
                @Dense(70) @BatchNorm @Relu  Layer second;
                @Dense(3)                    Layer logits;
            }
            """),
    /** Residual blocks at two widths, repeats and drop path. */
    RESIDUALS("""
            @Network(input = 12)
            @DropPath(p = 0.2)
            @ClipNorm
            final class Residuals {
                @Dense(32)                                                          Layer entry;
                @Repeat(4) @Residual                                                Mixer mixers;
                @Residual @DropPath(schedule = Schedule.CONSTANT) @Dense(40) @Relu  Layer wider;
                @LayerNorm @Dense(7)                                                Layer logits;
            }

            @Block
            final class Mixer {
                @LayerNorm @Dense(times = 2) @Gelu @Dropout(p = 0.1)  Layer expand;
                @Dense(BRANCH)                                        Layer project;
            }
            """),
    /** A record, with the functions and penalties that the others leave out. */
    GATES("""
            @Network(input = 9)
            @Sgd(learningRate = 0.05, momentum = 0)
            @L1(1e-5)
            @L2(1e-4)
            @MaxNorm
            record Gates(
                    @Dense(value = 17, bias = Bias.OFF) @Tanh Layer closed,
                    @Dense(33) @Sigmoid @Dropout(p = 0.25) Layer open,
                    @Dense(24) @RmsNorm @Silu Layer rooted,
                    @Dense(24) @Elu(alpha = 0.5) Layer smooth,
                    @Dense(24) @LeakyRelu Layer leaky,
                    @Dense(24) @Selu Layer scaled,
                    @Dense(6) @Softmax Layer attention,
                    @Dense(2) Layer logits) {}
            """),
    /** Noise of every kind. */
    NOISY("""
            @Network(input = 70)
            @MonteCarlo
            final class Noisy {
                @GaussianNoise @Dense(40) @Selu @AlphaDropout  Layer first;
                @Repeat(2)                                     Blurred blurred;
                @Dense(3)                                      Layer logits;
            }

            @Block
            final class Blurred {
                @Dense(SAME) @Relu @GaussianDropout(p = 0.2)  Layer only;
            }
            """);

    private final String source;

    Models(String source) {
        this.source = source;
    }

    /** Its classes, of the package {@code demo}. */
    String source() {
        return source;
    }

    /** A compilation of it, with the processor. */
    Compilations with(CompilerKind compiler) {
        return Compilations.with(compiler).processor(new EspalierProcessor()).source(path(), Graphs.source(source));
    }

    /** The emitted source, which must compile. */
    String emitted(CompilerKind compiler) {
        Compilation compilation = with(compiler).compile();
        Emitted.requireClean(compilation);
        return compilation.generated(emitted());
    }

    /** The path of its source. */
    String path() {
        return "demo/" + simpleName() + ".java";
    }

    private String simpleName() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** The qualified name of the emitted class. */
    String emitted() {
        return "demo." + simpleName() + "Network";
    }
}
