package io.espalier.processor.emit;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.CompilerKind;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocks that hold each other twice run 2ⁿ times at depth n: that must cost the compiler no more than n blocks do. */
class DeepNestingTest {
    @ParameterizedTest
    @EnumSource
    void isRefusedInWordsWhereItMakesTooManyParameters(CompilerKind compiler) {
        Compilation compilation =
                Emitted.models(compiler, nested(30, "@Dense(8) Layer leaf;")).compile();

        assertThat(compilation.crash()).isEmpty();
        assertThat(compilation.errors())
                .as(compilation.toString())
                .singleElement()
                .satisfies(message -> assertThat(message.text())
                        .contains("[ValueRange]")
                        .contains("parameters, repeats counted: at most 2147483647"));
    }

    @ParameterizedTest
    @CsvSource({
        "8, @Dense(8) @Tanh Layer leaf;",
        "8, @Tanh Layer leaf;",
        "8, @Residual @LayerNorm @Dense(8) @Gelu Layer leaf;"
    })
    void compilesAndRuns(int depth, String leaf, @TempDir Path directory) {
        Emitted.requireClean(Emitted.models(CompilerKind.JAVAC, nested(depth, leaf))
                .classOutput(directory)
                .compile());

        Emitted.run(Emitted.create(Emitted.load(directory, "demo.NestedNetwork")));
    }

    @ParameterizedTest
    @EnumSource
    void staysSmallWhereTheParametersFit(CompilerKind compiler) {
        Compilation compilation = Emitted.models(
                        compiler, nested(20, "@Residual @LayerNorm @Dense(8) @Gelu Layer leaf;"))
                .compile();

        Emitted.requireClean(compilation);
        assertThat(compilation.generated("demo.NestedNetwork").lines()).hasSizeLessThan(4_000);
    }

    private static String nested(int depth, String leaf) {
        StringBuilder classes =
                new StringBuilder("@Network(input = 8) final class Nested { Level0 first; @Dense(2) Layer out; }\n");
        for (int i = 0; i < depth; i++) {
            classes.append("@Block final class Level%d { Level%d a; Level%d b; }\n".formatted(i, i + 1, i + 1));
        }
        return classes.append("@Block final class Level%d { %s }\n".formatted(depth, leaf))
                .toString();
    }
}
