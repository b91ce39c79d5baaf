package io.espalier.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Failing;
import io.espalier.processor.testing.Graphs;
import io.espalier.processor.testing.Message;
import io.espalier.processor.testing.WritingProcessor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import javax.tools.Diagnostic.Kind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EspalierProcessorTest {
    private static final String GOOD =
            "@Network(input = 8) final class Good { @Dense(4) @Relu Layer a; @Dense(2) Layer out; }\n";
    private static final String BAD = "@Network(input = 8) final class Bad { @Dense(0) Layer out; }\n";

    private static Compilations models(CompilerKind compiler, String classes) {
        return Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .source("demo/Models.java", Graphs.source(classes));
    }

    @ParameterizedTest
    @EnumSource
    void writesTheClassOfAGoodNetwork(CompilerKind compiler) {
        Compilation compilation = models(
                        compiler, GOOD + "final class User { Object use() { return GoodNetwork.create(42); } }")
                .compile();

        assertThat(compilation.success()).as(compilation.toString()).isTrue();
        assertThat(compilation.findings("")).isEmpty();
        assertThat(compilation.generated("demo.GoodNetwork"))
                .contains("@Generated(\"io.espalier.processor.EspalierProcessor\")")
                .doesNotContain("date =");
    }

    @ParameterizedTest
    @EnumSource
    void writesTheSkeletonBesideTheFindings(CompilerKind compiler) {
        Compilation compilation = models(
                        compiler,
                        BAD + GOOD
                                + "final class User { Object use() { return BadNetwork.create(42); } GoodNetwork good; }")
                .compile();

        assertThat(compilation.errors())
                .as(compilation.toString())
                .singleElement()
                .matches(message -> message.isFinding("ValueRange"));
        assertThat(compilation.generated("demo.BadNetwork")).contains("has errors");
        assertThat(compilation.generated("demo.GoodNetwork")).doesNotContain("has errors");
    }

    @ParameterizedTest
    @EnumSource
    void waitsForWhatOtherProcessorsWrite(CompilerKind compiler) {
        Compilation compilation = models(
                        compiler,
                        "@Network(input = Made.WIDTH) final class Small { @Residual MadeBlock block; @Dense(2) Layer out; }\n")
                .processor(new WritingProcessor(
                        "demo.Made", "package demo;\nfinal class Made { static final int WIDTH = 6; }\n"))
                .processor(new WritingProcessor(
                        "demo.MadeBlock",
                        Graphs.source("@Block final class MadeBlock { @Dense(Width.SAME) Layer only; }\n")))
                .compile();

        assertThat(compilation.success()).as(compilation.toString()).isTrue();
        assertThat(compilation.generated("demo.SmallNetwork")).doesNotContain("has errors");
    }

    @ParameterizedTest
    @EnumSource
    void rebuildsWithTheClassOfAnEarlierBuildInSight(CompilerKind compiler, @TempDir Path classes) {
        for (int build = 0; build < 2; build++) {
            Compilation compilation = models(compiler, GOOD)
                    .classOutput(classes)
                    .classPath(classes)
                    .compile();
            if (build == 1 && compiler == CompilerKind.ECJ) {
                // Its batch form (3.46) takes the old class file for a source.
                assertThat(compilation.errors()).singleElement().satisfies(message -> assertThat(message.text())
                        .contains("clean that build's output"));
            } else {
                assertThat(compilation.errors()).as(compilation.toString()).isEmpty();
                assertThat(compilation.generated()).containsOnlyKeys("demo.GoodNetwork");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesTheGoodValuesOfAnOption(CompilerKind compiler) {
        Compilation compilation = models(compiler, GOOD)
                .options("-Aespalier.lint=DropoutOnOutput:loud,Nonsense:off")
                .compile();

        assertThat(compilation.errors())
                .as(compilation.toString())
                .extracting(Message::text)
                .satisfiesExactly(
                        grade -> assertThat(grade)
                                .contains("DropoutOnOutput:loud")
                                .contains("error, warning, off"),
                        rule -> assertThat(rule).contains("Nonsense:off").contains("SoftmaxBeforeCrossEntropy"));
        assertThat(models(compiler, GOOD)
                        .options("-Aespalier.lint=all:error")
                        .compile()
                        .success())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void warnsInAWayThatSurvivesNowarn(CompilerKind compiler) {
        String shaky =
                "@Network(input = 8) final class Shaky { @Dense(4) @BatchNorm @Relu @Dropout(p = 0.6) Layer a; @Dense(2) Layer out; }\n";
        Compilation compilation = models(compiler, shaky).options("-nowarn").compile();

        assertThat(compilation.success()).as(compilation.toString()).isTrue();
        if (compiler == CompilerKind.JAVAC) {
            assertThat(compilation.warnings()).extracting(Message::kind).contains(Kind.MANDATORY_WARNING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesTheSameWhateverTheOrderOfTheSources(CompilerKind compiler) throws IOException {
        String block =
                Graphs.source("@Block final class Part { @Dense(times = 2) @Relu Layer z; @Dense(BRANCH) Layer a; }");
        String one = Graphs.source(
                "@Network(input = 8) final class One { @Repeat(3) @Residual Part part; @Dense(2) Layer out; }");
        String two = Graphs.source("@Network(input = 8) final class Two { @Residual Part part; @Dense(2) Layer out; }");
        Compilation forward = Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .source("demo/Part.java", block)
                .source("demo/One.java", one)
                .source("demo/Two.java", two)
                .compile();
        Compilation reversed = Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .source("demo/Two.java", two)
                .source("demo/One.java", one)
                .source("demo/Part.java", block)
                .compile();

        assertThat(forward.success()).as(forward.toString()).isTrue();
        assertThat(reversed.generated()).isEqualTo(forward.generated());
    }

    @ParameterizedTest
    @EnumSource
    void namesNothingThatTheModelsModuleDoesNotRead(CompilerKind compiler) throws ReflectiveOperationException {
        for (boolean readsCompiler : new boolean[] {false, true}) {
            Compilation compilation = models(compiler, GOOD)
                    .source(
                            "module-info.java",
                            "module demo { requires io.espalier; " + (readsCompiler ? "requires java.compiler; " : "")
                                    + "}\n")
                    .modulePath(
                            home("io.espalier.Layer"),
                            home("com.fasterxml.jackson.core.JsonFactory"),
                            home("org.jspecify.annotations.Nullable"))
                    .compile();
            assertThat(compilation.success()).as(compilation.toString()).isTrue();
            assertThat(compilation.generated("demo.GoodNetwork").contains("@Generated"))
                    .isEqualTo(readsCompiler);
        }
    }

    /** Whatever fails in writing one network's class: the others get theirs. */
    @ParameterizedTest
    @EnumSource
    void aFailureEndsTheWorkOnOneNetworkAlone(CompilerKind compiler) {
        Compilation compilation = Compilations.with(compiler)
                .processor(new Failing(new EspalierProcessor(), "createSourceFile", "demo.BadNetwork"))
                .source("demo/Models.java", Graphs.source(BAD + GOOD))
                .compile();
        assertThat(compilation.crash()).isEmpty();
        assertThat(compilation.generated()).containsOnlyKeys("demo.GoodNetwork");
        assertThat(compilation.errors().stream().map(Message::text))
                .as(compilation.toString())
                .satisfiesExactlyInAnyOrder(
                        finding -> assertThat(finding).startsWith("[ValueRange]"), failure -> assertThat(failure)
                                .startsWith("Espalier failed on demo.Bad.")
                                .contains("IllegalStateException: a failing compiler"));
    }

    @ParameterizedTest
    @EnumSource
    void aClassWhoseFileCannotHaveItsNameIsAnError(CompilerKind compiler) {
        Compilation compilation = Compilations.with(compiler)
                .processor(new Failing(
                        new EspalierProcessor(),
                        "createSourceFile",
                        "demo.GrößeNetwork",
                        new InvalidPathException("Gr??eNetwork.java", "unmappable characters")))
                .source("demo/Models.java", Graphs.source(GOOD + GOOD.replace("Good", "Größe")))
                .compile();
        assertThat(compilation.crash()).isEmpty();
        assertThat(compilation.generated()).containsOnlyKeys("demo.GoodNetwork");
        assertThat(compilation.errors())
                .as(compilation.toString())
                .extracting(Message::text)
                .containsExactly(
                        "the class demo.GrößeNetwork could not be written: unmappable characters: Gr??eNetwork.java");
    }

    @ParameterizedTest
    @EnumSource
    void aFailureInTheEndIsAnError(CompilerKind compiler) {
        Compilation compilation = Compilations.with(compiler)
                .processor(new Failing(new EspalierProcessor(), "getTypeElement", "demo.Good"))
                .options("-Aespalier.unneededSuppressions=warning")
                .source("demo/Models.java", Graphs.source(GOOD))
                .compile();
        assertThat(compilation.crash()).isEmpty();
        assertThat(compilation.generated()).containsOnlyKeys("demo.GoodNetwork");
        assertThat(compilation.errors().stream().map(Message::text))
                .as(compilation.toString())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .startsWith("Espalier failed at the end of the compilation.")
                        .contains("IllegalStateException: a failing compiler"));
    }

    private static Path home(String className) throws ReflectiveOperationException {
        try {
            return Path.of(Class.forName(className)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
