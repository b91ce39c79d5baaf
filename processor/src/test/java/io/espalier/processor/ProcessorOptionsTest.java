package io.espalier.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import io.espalier.processor.testing.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProcessorOptionsTest {
    private static final String GOOD = "@Network(input = 8) final class Good { @Dense(2) Layer out; }\n";

    @Test
    void leavesOtherProcessorsOptionsAlone() {
        assertThat(ProcessorOptions.parse(Map.of("mapstruct.verbose", "true", "lint", "all"))
                        .mistakes())
                .isEmpty();
    }

    /** Options with a mistake, and what the error says. */
    static Stream<Arguments> mistakes() {
        return Stream.of(
                        List.of("espalier.lint", "names no rule"),
                        List.of("espalier.lint=", "names no rule"),
                        List.of(
                                "espalier.lnt=all:off",
                                "-Aespalier.lnt is no option of Espalier. Did you mean espalier.lint? The options are: -Aespalier.lint"),
                        List.of("espalier.gradient", "-Aespalier.gradient is no option of Espalier. The options are: "),
                        List.of(
                                "espalier.unneededSuppressions=on",
                                "-Aespalier.unneededSuppressions: 'on' is no grade. Write one of these: off, warning, error"),
                        List.of("espalier.unneededSuppressions", "'' is no grade."),
                        List.of(
                                "espalier.lint=UnneededSuppression:error",
                                "Write -Aespalier.unneededSuppressions=off, warning or error"),
                        List.of(
                                "espalier.sarif",
                                "-Aespalier.sarif: '' is no name of a file. Write -Aespalier.sarif=FILE"),
                        List.of("espalier.sarif=a\0b", "is no name of a file"),
                        List.of("Espalier.Lint=all:off", "-AEspalier.Lint is no option of Espalier."))
                .flatMap(mistake -> Arrays.stream(CompilerKind.values())
                        .map(compiler -> Arguments.of(compiler, mistake.get(0), mistake.get(1))));
    }

    @ParameterizedTest
    @MethodSource
    void mistakes(CompilerKind compiler, String option, String error) {
        assertThat(compile(compiler, "-A" + option).errors())
                .singleElement()
                .extracting(Message::text)
                .asString()
                .contains(error);
    }

    @ParameterizedTest
    @EnumSource
    void noOptionIsUnknownToTheCompiler(CompilerKind compiler) {
        Compilation compilation = compile(
                compiler, "-Xlint:processing", "-Aespalier.lint=all:error", "-Aespalier.unneededSuppressions=off");
        assertThat(compilation.success()).as(compilation.toString()).isTrue();
        assertThat(compilation.messages()).as(compilation.toString()).noneMatch(message -> message.text()
                .contains("recognized"));
    }

    private static Compilation compile(CompilerKind compiler, String... options) {
        return Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .options(options)
                .source("demo/Models.java", Graphs.source(GOOD))
                .compile();
    }
}
