package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Message;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorModuleMissingTest {
    private static final String MODEL = """
            package demo;

            import io.espalier.Layer;
            import io.espalier.annotation.*;

            final class Outer {
                @Network(input = 4)
                static final class Model {
                    @Dense(8) @Relu Layer hidden;
                    @Dense(3) Layer logits;
                }
            }
            """;

    @ParameterizedTest
    @EnumSource
    void onceAtTheNetwork(CompilerKind compiler) {
        Compilation compilation = compile(compiler, "--limit-modules", "java.base");
        List<Message> findings = compilation.findings("VectorModuleMissing");
        assertThat(findings).as(compilation.toString()).hasSize(1);
        assertThat(findings.getFirst().place()).isEqualTo("demo/Outer.java:7:5");
        assertThat(findings.getFirst().text())
                .contains("--add-modules", "requires jdk.incubator.vector;", "Maven", "Gradle", "command line");
        assertThat(compilation.errors()).isEqualTo(findings);
    }

    @ParameterizedTest
    @EnumSource
    void notWhereTheModuleIsVisible(CompilerKind compiler) {
        assertThat(compile(compiler, "--release", "25", "--add-modules", "jdk.incubator.vector")
                        .errors())
                .isEmpty();
        assertThat(compile(compiler, "--release", "25").errors()).isEmpty();
    }

    private static Compilation compile(CompilerKind compiler, String... platform) {
        return Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .platform(platform)
                .source("demo/Outer.java", MODEL)
                .compile();
    }
}
