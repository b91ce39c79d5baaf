package io.espalier.processor.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.lint.Lint;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import io.espalier.processor.testing.Message;
import io.espalier.processor.testing.SarifFile;
import io.espalier.processor.testing.WritingProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class SarifTest {
    private static final String GOOD =
            "@Network(input = 8) final class Good { @Dense(4) @Relu Layer a; @Dense(2) Layer out; }\n";
    private static final String NOISY = """
            @Network(input = 4)
            class Noisy {
                @Dense(4) @BatchNorm @Relu @Dropout(p = 0.5) Layer strong;
                @SuppressWarnings("espalier:DropoutOnOutput") @Dense(3) @Dropout(p = 0.1) Layer last;
            }
            """;

    @TempDir
    Path directory;

    private Path sarif;

    private Compilations models(CompilerKind compiler, String classes, String... options) {
        sarif = directory.resolve("made").resolve("on the way").resolve("findings.sarif");
        return Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .options("-Aespalier.sarif=" + sarif)
                .options(options)
                .source("demo/Models.java", Graphs.source(classes));
    }

    private SarifFile written() {
        return SarifFile.read(sarif);
    }

    @ParameterizedTest
    @EnumSource
    void holdsWhatIsFoundWithRuleLevelPlaceAndText(CompilerKind compiler) {
        Compilation compilation = models(compiler, NOISY, "-Aespalier.lint=DropoutOnOutput:warning")
                .compile();
        assertThat(compilation.success()).as(compilation.toString()).isTrue();

        assertThat(written().results())
                .satisfiesExactly(
                        strong -> {
                            assertThat(strong.rule()).isEqualTo("StrongDropoutWithBatchNorm");
                            assertThat(strong.level()).isEqualTo("WARNING");
                            assertThat(strong.silenced()).isFalse();
                            assertThat("[" + strong.rule() + "] " + strong.text())
                                    .isEqualTo(compilation
                                            .findings("StrongDropoutWithBatchNorm")
                                            .getFirst()
                                            .text());
                            assertThat(strong.fingerprint())
                                    .isEqualTo("StrongDropoutWithBatchNorm demo.Noisy.strong @Dropout");
                            JsonNode name = strong.node().at("/locations/0/logicalLocations/0");
                            assertThat(name.path("fullyQualifiedName").asString())
                                    .isEqualTo("demo.Noisy.strong");
                            assertThat(name.path("kind").asString()).isEqualTo("member");
                        },
                        silenced -> {
                            assertThat(silenced.rule()).isEqualTo("DropoutOnOutput");
                            assertThat(silenced.level()).isEqualTo("WARNING");
                            assertThat(silenced.silenced()).isTrue();
                        });
        for (SarifFile.Result result : written().results()) {
            int index = result.node().path("ruleIndex").asInt();
            assertThat(written().ruleIds().get(index)).isEqualTo(result.rule());
        }
    }

    @ParameterizedTest
    @EnumSource
    void bracesAreNoPlaceholders(CompilerKind compiler) {
        models(compiler, "@Network(input = {4, 0}) class Empty { @Dense(3) Layer only; }")
                .compile();
        assertThat(written().results().getFirst().node().at("/message/text").asString())
                .startsWith("input = {{4, 0}} has");
    }

    @ParameterizedTest
    @EnumSource
    void aRuleThatIsOffHasNoResultsSilencedOrNot(CompilerKind compiler) {
        models(compiler, NOISY, "-Aespalier.lint=all:off").compile();
        assertThat(written().results()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aCompilationWithoutFindingsOrNetworksEmptiesTheFile(CompilerKind compiler) {
        for (String classes : List.of(GOOD, "class NoNetwork {}\n")) {
            models(compiler, NOISY).compile();
            assertThat(written().results()).isNotEmpty();
            Compilation compilation = models(compiler, classes).compile();
            assertThat(compilation.success()).as(compilation.toString()).isTrue();
            assertThat(written().results()).isEmpty();
            assertThat(written().run().at("/invocations/0/executionSuccessful").asBoolean())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void describesTheToolAndEveryRule(CompilerKind compiler) throws IOException {
        models(compiler, GOOD).compile();
        JsonNode driver = written().run().at("/tool/driver");
        assertThat(driver.path("name").asString()).isEqualTo("Espalier");
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<version>" + driver.path("version").asString() + "</version>");
        assertThat(written().ruleIds())
                .containsExactlyElementsOf(Stream.concat(Lint.ruleIds().stream(), Stream.of("UnneededSuppression"))
                        .toList());
        for (JsonNode rule : driver.path("rules")) {
            String id = rule.path("id").asString();
            assertThat(rule.at("/shortDescription/text").asString("")).as(id).matches("[A-Z].*\\.");
            assertThat(rule.at("/fullDescription/text").asString("")).as(id).contains("Source: ");
            assertThat(rule.at("/help/text").asString("")).as(id).isNotEmpty();
            if (!id.equals("UnneededSuppression")) {
                assertThat(rule.at("/help/markdown").asString(""))
                        .startsWith("# " + id)
                        .contains("## Wrong")
                        .doesNotContain(".md)");
            }
        }
        assertThat(driver.at("/rules/0/defaultConfiguration/level").asString()).isEqualTo("error");
        assertThat(driver.at("/rules/0/help/text").asString())
                .endsWith("@SuppressWarnings(\"espalier:DropoutOnOutput\") on the field, the class or what encloses it"
                        + " silences it.");
        assertThat(driver.path("rules")
                        .get(written().ruleIds().indexOf("ProbabilityRange"))
                        .at("/help/text")
                        .asString())
                .endsWith("it can be neither silenced nor graded.");
    }

    @ParameterizedTest
    @EnumSource
    void filesAreRelativeToTheRepository(CompilerKind compiler) throws IOException {
        models(compiler, NOISY).workspace(directory).compile();
        assertThat(written().results().getFirst().uri()).startsWith("file:///").endsWith("/src/demo/Models.java");

        Files.createDirectory(directory.resolve(".git"));
        models(compiler, NOISY)
                .workspace(Files.createDirectory(directory.resolve("a module")))
                .compile();
        JsonNode file = written().results().getFirst().node().at("/locations/0/physicalLocation/artifactLocation");
        assertThat(file.path("uri").asString()).isEqualTo("a%20module/src/demo/Models.java");
        assertThat(file.path("uriBaseId").asString()).isEqualTo("%SRCROOT%");
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameWhateverTheOrderOfTheSources(CompilerKind compiler) throws IOException {
        String other =
                Graphs.source("@Network(input = 4) class A { @Dense(0) Layer zero; @Dropout(p = 2) Layer two; }");
        String forward = inOrder(compiler, "one", "Noisy", Graphs.source(NOISY), "A", other);
        String reversed = inOrder(compiler, "other", "A", other, "Noisy", Graphs.source(NOISY));
        assertThat(reversed).isEqualTo(forward).doesNotContain("\r").endsWith("}\n");
        assertThat(written().results())
                .extracting(SarifFile.Result::rule)
                .containsExactly("ValueRange", "ProbabilityRange", "StrongDropoutWithBatchNorm", "DropoutOnOutput");
    }

    private String inOrder(CompilerKind compiler, String workspace, String one, String text, String two, String other)
            throws IOException {
        Path repository = Files.createDirectory(directory.resolve(workspace));
        Files.createDirectory(repository.resolve(".git"));
        sarif = repository.resolve("findings.sarif");
        Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .options("-Aespalier.sarif=" + sarif)
                .workspace(repository)
                .source("demo/" + one + ".java", text)
                .source("demo/" + two + ".java", other)
                .compile();
        return Files.readString(sarif);
    }

    @ParameterizedTest
    @EnumSource
    void fingerprintsStayWhenLinesMoveAndTellResultsApart(CompilerKind compiler) {
        String faulty = """
                @Network(input = 4) class Faulty<T> {
                    @Dropout(p = 2) @DropConnect(p = 3) @Dense(3) Layer a;
                    @Dense(value = 0) Layer b;
                    private static class Hidden {}
                }
                @Network(input = 4) interface Odd<T> {}
                """;
        models(compiler, faulty).compile();
        List<String> before = fingerprints();
        models(compiler, "// a line more\n" + faulty.replace("class Faulty", "\nclass Faulty"))
                .compile();
        assertThat(fingerprints()).isEqualTo(before).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(6);
        assertThat(before)
                .contains(
                        "ValueRange demo.Faulty.b @Dense.value",
                        "UnknownStructure demo.Odd",
                        "UnknownStructure demo.Odd 1");
    }

    private List<String> fingerprints() {
        return written().results().stream().map(SarifFile.Result::fingerprint).toList();
    }

    @ParameterizedTest
    @EnumSource
    void sharedBlocksComeOnceAndThoseOfClassFilesAtTheNetwork(CompilerKind compiler) throws IOException {
        String shared = """
                @Network(input = 8) final class One { Shared shared; @Dense(2) Layer out; }
                @Network(input = 8) final class Two { Shared shared; @Dense(2) Layer out; }
                """;
        models(compiler, shared + "@Block record Shared(@Dense(0) @Relu Layer zero) {}")
                .compile();
        assertThat(written().results()).hasSize(1);

        Path classes = Files.createDirectory(directory.resolve("classes"));
        Compilations.with(compiler)
                .source("demo/Shared.java", Graphs.source("@Block record Shared(@Dense(0) @Relu Layer zero) {}"))
                .classOutput(classes)
                .options("-proc:none")
                .compile();
        models(compiler, shared).classPath(classes).compile();
        assertThat(written().results()).hasSize(2).allSatisfy(result -> {
            assertThat(result.uri()).endsWith("Models.java");
            assertThat(result.text()).endsWith("(This stands in demo.Shared.zero, which comes from a class file.)");
        });
        assertThat(written().results()).extracting(SarifFile.Result::line).containsExactly(9L, 10L);
    }

    @ParameterizedTest
    @EnumSource
    void waitsForNetworksThatWaitAndSaysWhichCouldNotBeChecked(CompilerKind compiler) {
        models(compiler, NOISY.replace("input = 4", "input = Made.WIDTH"))
                .processor(new WritingProcessor(
                        "demo.Made", "package demo;\nfinal class Made { static final int WIDTH = 6; }\n"))
                .compile();
        assertThat(written().results()).hasSize(2).allMatch(result -> result.line() > 0);

        models(compiler, NOISY + "@Network(input = 4) class Lost { Missing missing; }")
                .compile();
        assertThat(written().results()).hasSize(2);
        JsonNode invocation = written().run().at("/invocations/0");
        assertThat(invocation.path("executionSuccessful").asBoolean()).isFalse();
        assertThat(invocation.at("/toolExecutionNotifications/0/message/text").asString())
                .isEqualTo("demo.Lost could not be checked. The compiler says why.");
    }

    @ParameterizedTest
    @EnumSource
    void holdsUnneededSuppressionsToo(CompilerKind compiler) throws IOException {
        String classes = """
                @Network(input = 4) @SuppressWarnings({"espalier:UnneededSuppression", "unused"})
                class Quiet { @SuppressWarnings("espalier") @Dense(3) Layer only; }
                @Network(input = 4) class Loud { @SuppressWarnings({"unused", "espalier"}) @Dense(3) Layer only; }
                """;
        models(compiler, classes, "-Aespalier.unneededSuppressions=error")
                .source("demo/package-info.java", "// first\n@SuppressWarnings(\"espalier\")\npackage demo;\n")
                .compile();
        assertThat(written().results())
                .satisfiesExactly(
                        quiet -> {
                            assertThat(quiet.silenced()).isTrue();
                            assertThat(quiet.shown(Graphs.source(classes))).isEqualTo("\"espalier\"");
                        },
                        loud -> {
                            assertThat(loud.silenced()).isFalse();
                            assertThat(loud.level()).isEqualTo("ERROR");
                            assertThat(loud.shown(Graphs.source(classes))).isEqualTo("\"espalier\"");
                        },
                        box -> {
                            assertThat(box.uri()).endsWith("demo/package-info.java");
                            assertThat(box.line() + ":" + box.column()).isEqualTo("2:19");
                        });
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatCannotBeWrittenIsAnErrorThatSaysWhy(CompilerKind compiler) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Path full = Files.createDirectory(directory.resolve("directory"));
        assertThat(mistake(compiler, full))
                .isEqualTo("-Aespalier.sarif: " + full + " is a directory. Name a file in it");
        assertThat(mistake(compiler, file.resolve("in").resolve("it")))
                .startsWith("-Aespalier.sarif: ")
                .endsWith(" could not be written: " + file.resolve("in") + ": Not a directory");
        assertThat(mistake(compiler, file.resolve("it"))).contains(file + " is a file where a directory is needed");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactlyInAnyOrder(file, full);
        }
    }

    private String mistake(CompilerKind compiler, Path sarif) {
        Compilation compilation = Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .options("-Aespalier.sarif=" + sarif)
                .source("demo/Models.java", Graphs.source(NOISY))
                .compile();
        assertThat(compilation.errors()).as(compilation.toString()).hasSize(1);
        return compilation.errors().stream().map(Message::text).findFirst().orElseThrow();
    }
}
