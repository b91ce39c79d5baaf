package io.espalier.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is emitted for every model of {@link Models}: that it compiles without a word, runs, and is always the same. */
class EmittedSourceTest {
    @ParameterizedTest
    @EnumSource
    void compilesUnderAllOfJavacsChecks(Models model) {
        // With processors running, javac says of every processor that leaves annotations to others that nobody claimed
        // them.
        Compilation first = model.with(CompilerKind.JAVAC)
                .options("-Xlint:all,-processing", "-Werror")
                .compile();
        assertThat(first.success()).as(first.toString()).isTrue();
        assertThat(first.messages()).as(first.toString()).isEmpty();

        Compilation again = Compilations.with(CompilerKind.JAVAC)
                .source(model.path(), Graphs.source(model.source()))
                .source(model.emitted().replace('.', '/') + ".java", first.generated(model.emitted()))
                .options("-proc:none", "-Xlint:all", "-Werror")
                .compile();
        assertThat(again.success()).as(again.toString()).isTrue();
        assertThat(again.messages()).as(again.toString()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void leavesEclipsesCompilerNothingToSay(Models model) {
        Emitted.requireClean(model.with(CompilerKind.ECJ).compile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"@Flatten", "@Flatten @GaussianNoise", "@Flatten @Dense(value = 2, bias = Bias.OFF)"})
    void holdsNoConstantsOfLoopsWhereThereAreNone(String stage) {
        Emitted.requireClean(Emitted.models(
                        CompilerKind.ECJ,
                        "@Network(input = {2, 3}) @MonteCarlo final class Small { " + stage + " Layer only; }")
                .options("-Aespalier.lint=all:off")
                .compile());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Repeat(2) @GaussianNoise Layer noisy;",
                "@Repeat(3) Inner inner;",
                "@Residual Inner inner;",
                "@Repeat(2) @Residual @GaussianNoise Layer noisy;",
                "@Repeat(2) @Flatten Layer flat;"
            })
    void holdsNothingOfGradientsThatPassUnchanged(String stage, @TempDir Path directory) {
        String classes = """
                @Network(input = 4) final class Small { %s @Dense(3) Layer out; }
                @Block final class Inner { @GaussianNoise Layer first; @Repeat(2) @GaussianNoise Layer second; }
                """.formatted(stage);
        for (CompilerKind compiler : CompilerKind.values()) {
            Emitted.requireClean(Emitted.models(compiler, classes)
                    .options("-Aespalier.lint=all:off")
                    .classOutput(directory)
                    .compile());
        }
        Emitted.run(Emitted.create(Emitted.load(directory, "demo.SmallNetwork")));
    }

    @ParameterizedTest
    @EnumSource
    void trainsAndPredicts(Models model, @TempDir Path directory) {
        Emitted.requireClean(
                model.with(CompilerKind.JAVAC).classOutput(directory).compile());
        Emitted.run(Emitted.create(Emitted.load(directory, model.emitted())));
    }

    @Test
    void isTheSameWhateverCompilesItAndInWhateverOrder() {
        Map<String, String> expected = compileAll(CompilerKind.JAVAC, List.of(Models.values()));
        assertThat(expected).hasSize(Models.values().length);

        List<Models> reversed = new ArrayList<>(List.of(Models.values()));
        Collections.reverse(reversed);
        assertThat(compileAll(CompilerKind.JAVAC, List.of(Models.values()))).isEqualTo(expected);
        assertThat(compileAll(CompilerKind.JAVAC, reversed)).isEqualTo(expected);
        assertThat(compileAll(CompilerKind.ECJ, List.of(Models.values()))).isEqualTo(expected);
        assertThat(compileAll(CompilerKind.ECJ, reversed)).isEqualTo(expected);
    }

    private static Map<String, String> compileAll(CompilerKind compiler, List<Models> models) {
        Compilations compilations = Compilations.with(compiler).processor(new EspalierProcessor());
        models.forEach(model -> compilations.source(model.path(), Graphs.source(model.source())));
        Compilation compilation = compilations.compile();
        Emitted.requireClean(compilation);
        return new TreeMap<>(compilation.generated());
    }
}
