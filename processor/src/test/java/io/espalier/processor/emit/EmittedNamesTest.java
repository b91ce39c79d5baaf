package io.espalier.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.CompiledNetwork;
import io.espalier.model.Parameter;
import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Emitted names come from the model's: none of those may clash with each other, with our own, or with the runtime's. */
class EmittedNamesTest {
    /** Names of fields, methods and variables that emitted code and the runtime's base classes use, and others that Java allows. */
    private static final List<String> NASTY = List.of(
            "values",
            "input",
            "seed",
            "gradients",
            "capacity",
            "moments",
            "buffers",
            "row",
            "i",
            "x",
            "at",
            "flow",
            "sums",
            "from",
            "to",
            "slice",
            "end",
            "rows",
            "next",
            "gradient",
            "level",
            "stream",
            "weights",
            "decayed",
            "undecayed",
            "statistics",
            "path",
            "network",
            "context",
            "blueprint",
            "output",
            "forward",
            "backward",
            "forwardPhases",
            "backwardPhases",
            "state",
            "step",
            "pass",
            "number",
            "worker",
            "branch",
            "logits",
            "run",
            "refresh",
            "allocate",
            "describe",
            "phase",
            "create",
            "load",
            "update",
            "register",
            "gradientSums",
            "shared",
            "weightsAt",
            "taskFrom",
            "atTile",
            "width",
            "outputGradients",
            "biased",
            "Loops",
            "firstShared",
            "firstTile",
            "tiles",
            "inputs",
            "maxBatch",
            "WEIGHTS",
            "DECAYED",
            "FLOATS",
            "LANES",
            "FORWARD",
            "record",
            "var",
            "sealed",
            "$",
            "$$",
            "a$b",
            "a_b",
            "_a",
            "__",
            "naïve",
            "größe",
            "ß",
            "ſ",
            "名前",
            "same",
            "Same",
            "SAME",
            "a1",
            "a_1",
            "a11",
            "aB",
            "a_B",
            "a2",
            "dense",
            "aDense",
            "aDense2",
            "a",
            "A");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Dense(16) @LayerNorm @Tanh @Dropout(p = 0.1) Layer %s;",
                "@Residual(shortcut = Shortcut.PROJECTION) @BatchNorm @Relu @Dense(16) Layer %s;",
                "@Repeat(2) @Residual @LayerNorm @Dense(16) @Dropout(p = 0.1) Layer %s;",
                "@DropConnect @Dense(16) Layer %s;",
                "@Residual Part %s;",
                "@Repeat(2) Part %s;",
            })
    void areFreeOfClashesWhateverStagesAreCalled(String stage, @TempDir Path directory) {
        String stages = NASTY.stream().map(stage::formatted).collect(Collectors.joining("\n"));
        CompiledNetwork network = compile("""
                @Network(input = 16)
                final class Named {
                    %s
                    @Dense(2) Layer out;
                }

                @Block
                final class Part {
                    @Dense(16) Layer values;
                    @LayerNorm @Dense(16) Layer output;
                }
                """.formatted(stages), directory, "demo.NamedNetwork");

        Emitted.run(network);
        List<String> expected = new ArrayList<>(NASTY);
        expected.add("out");
        assertThat(network.parameters().names().stream()
                        .map(name -> name.substring(0, name.indexOf('.')))
                        .distinct())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void areFreeOfClashesWhateverABlocksStagesAreCalled(@TempDir Path directory) {
        String stages = NASTY.stream()
                .map("@Dense(16) @BatchNorm @Relu @Dropout(p = 0.1) Layer %s;"::formatted)
                .collect(Collectors.joining("\n"));
        Emitted.step(compile("""
                @Network(input = 16)
                @DropPath(p = 0.1)
                final class Named {
                    @Repeat(2) @Residual Part values;
                    @Residual Part level;
                    @Dense(2) Layer out;
                }

                @Block
                final class Part {
                    %s
                }
                """.formatted(stages), directory, "demo.NamedNetwork"));
    }

    @Test
    void areFreeOfClashesBetweenBlocks(@TempDir Path directory) {
        CompiledNetwork network = compile("""
                @Network(input = 8)
                final class Compiled {
                    Training training;
                    Prediction prediction;
                    X x;
                    X_y y;
                    Xy xy;
                    XY upper;
                    @Dense(2) Layer out;
                }

                @Block final class Training { @Dense(8) @BatchNorm Layer values; }
                @Block final class Prediction { @Dense(12) Layer values; Prediction2 other; }
                @Block final class Prediction2 { @Dense(8) Layer values; Y y; }
                @Block final class X { Y y; @LayerNorm @Dense(8) Layer k; }
                @Block final class Y { @LayerNorm @Dense(8) Layer u; }
                @Block final class X_y { @LayerNorm @Dense(8) Layer k; }
                @Block final class Xy { @LayerNorm @Dense(8) Layer k; }
                @Block final class XY { @LayerNorm @Dense(8) Layer k; }
                """, directory, "demo.CompiledNetwork");

        Emitted.run(network);
        assertThat(network.parameters().names())
                .contains("prediction.other.y.u.dense.weight", "x.y.u.layerNorm.scale", "upper.k.dense.bias");
    }

    @Test
    void tellAStageOfABlockFromOneOfTheSameNameThatRunsIt(@TempDir Path directory) {
        CompiledNetwork network = compile("""
                @Network(input = 8)
                @DropPath(p = 0.2)
                final class Echo {
                    @Residual Part part;
                    @Dense(2) Layer out;
                }

                @Block
                final class Part {
                    @Residual(shortcut = Shortcut.PROJECTION) @Dense(8) Layer other;
                    @Residual @Dense(12) Layer part;
                }
                """, directory, "demo.EchoNetwork");

        Emitted.run(network);
        assertThat(network.parameters().names())
                .containsExactly(
                        "part.other.dense.weight",
                        "part.other.dense.bias",
                        "part.other.shortcut.weight",
                        "part.part.dense.weight",
                        "part.part.dense.bias",
                        "part.part.shortcut.weight",
                        "part.shortcut.weight",
                        "out.dense.weight",
                        "out.dense.bias");
        assertThat(network.description().operations().stream()
                        .filter(operation -> operation.kind().equals("Residual"))
                        .map(io.espalier.model.Operation::path))
                .containsExactly("part.other", "part.part", "part");
    }

    @Test
    void leaveNoParameterOut(@TempDir Path directory) {
        CompiledNetwork network = compile("""
                @Network(input = 8)
                final class Named {
                    @Dense(8) Layer a;
                    Part aDense;
                    @Repeat(3) @Dense(8) Layer aDense2;
                    @Dense(2) Layer out;
                }

                @Block
                final class Part {
                    @Dense(8) Layer part;
                }
                """, directory, "demo.NamedNetwork");

        long trained = 0;
        for (Parameter parameter : network.parameters()) {
            trained += parameter.size();
        }
        assertThat(trained)
                .isEqualTo(5 * (8 * 8 + 8) + 8 * 2 + 2)
                .isEqualTo(network.parameters().count());
    }

    @Test
    void keepNoiseOfOneNameApart(@TempDir Path directory) {
        CompiledNetwork network = compile("""
                @Network(input = 8)
                @MonteCarlo
                final class Alike {
                    @Dense(8) @Selu @AlphaDropout(p = 0.5) Layer x;
                    @Dense(8) @Relu @Dropout(p = 0.25) Layer xAlpha;
                    @Dense(8) @Silu @Dropout(p = 0.25) @GaussianNoise Layer xGaussian;
                    @Dense(8) @Silu @GaussianDropout Layer x2;
                    @Repeat(2) Part part;
                    @Dense(2) Layer out;
                }

                @Block
                final class Part {
                    @Dense(8) @Selu @AlphaDropout Layer x;
                    @Residual @Dense(8) @Relu @Dropout(p = 0.25) Layer xAlpha;
                }
                """, directory, "demo.AlikeNetwork");

        Emitted.run(network);
    }

    @ParameterizedTest
    @EnumSource
    void nameTheClassAfterTheModelAndItsOuterClasses(CompilerKind compiler, @TempDir Path directory) {
        Compilation compilation = Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .source("demo/Outer.java", Graphs.source("""
                                public final class Outer {
                                    @Network(input = 4)
                                    public static final class Inner {
                                        @Residual Part part;
                                        @Dense(2) Layer out;
                                    }

                                    static final class Middle {
                                        @Network(input = 4)
                                        record Inner(@Dense(2) Layer out) {}
                                    }

                                    @Block
                                    record Part(@Dense(times = 2) @Relu Layer wide, @Dense(Width.BRANCH) Layer back) {}
                                }
                                """))
                .classOutput(directory)
                .compile();
        Emitted.requireClean(compilation);

        assertThat(compilation.generated())
                .containsOnlyKeys("demo.Outer_InnerNetwork", "demo.Outer_Middle_InnerNetwork");
        Class<?> open = Emitted.load(directory, "demo.Outer_InnerNetwork");
        assertThat(Modifier.isPublic(open.getModifiers())).isTrue();
        Emitted.run(Emitted.create(open));
        Class<?> closed = Emitted.load(directory, "demo.Outer_Middle_InnerNetwork");
        assertThat(Modifier.isPublic(closed.getModifiers())).isFalse();
        Emitted.run(Emitted.create(closed));
    }

    @ParameterizedTest
    @EnumSource
    void needNoPackage(CompilerKind compiler, @TempDir Path directory) {
        Compilation compilation = Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .source("Loose.java", """
                        import io.espalier.Layer;
                        import io.espalier.annotation.Dense;
                        import io.espalier.annotation.Network;

                        @Network(input = 4)
                        final class Loose {
                            @Dense(2) Layer out;
                        }
                        """)
                .classOutput(directory)
                .compile();
        Emitted.requireClean(compilation);

        assertThat(compilation.generated()).containsOnlyKeys("LooseNetwork");
        Emitted.run(Emitted.create(Emitted.load(directory, "LooseNetwork")));
    }

    @ParameterizedTest
    @EnumSource
    void areThoseOfJavaLangBesideClassesThatHideThem(CompilerKind compiler) {
        TreeSet<String> hiding = new TreeSet<>();
        for (Models model : Models.values()) {
            Matcher names = Pattern.compile("\\b[A-Z]\\w+").matcher(model.emitted(CompilerKind.JAVAC));
            names.results()
                    .map(MatchResult::group)
                    .filter(EmittedNamesTest::isInJavaLang)
                    .forEach(hiding::add);
        }
        assertThat(hiding).contains("Override", "Float", "Math");
        for (Models model : Models.values()) {
            Compilations compilations = model.with(compiler);
            hiding.forEach(
                    name -> compilations.source("demo/" + name + ".java", "package demo;\nclass " + name + " {}\n"));
            Emitted.requireClean(compilations.compile());
        }
        Compilations wrong = Emitted.models(compiler, "@Network(input = 8) class Wrong { @Dense(0) Layer out; }");
        hiding.forEach(name -> wrong.source("demo/" + name + ".java", "package demo;\nclass " + name + " {}\n"));
        assertThat(wrong.compile().errors()).singleElement().satisfies(message -> assertThat(
                        message.isFinding("ValueRange"))
                .isTrue());
    }

    private static boolean isInJavaLang(String name) {
        try {
            Class.forName("java.lang." + name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static CompiledNetwork compile(String classes, Path directory, String network) {
        Emitted.requireClean(Emitted.models(CompilerKind.JAVAC, classes)
                .classOutput(directory)
                .compile());
        Emitted.requireClean(Emitted.models(CompilerKind.ECJ, classes).compile());
        return Emitted.create(Emitted.load(directory, network));
    }
}
