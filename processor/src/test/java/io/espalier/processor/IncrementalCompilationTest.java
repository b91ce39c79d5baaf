package io.espalier.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Graphs;
import io.espalier.processor.testing.ShortSighted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an incremental build hands over: some classes as source, the rest as the class files of the build before. */
class IncrementalCompilationTest {
    private static final String NETWORK = "demo.SmallNetwork";

    /** Fields whose order is neither alphabetical nor its reverse, of all kinds of block. */
    private static final String LIBRARY = Graphs.source("""
            @Block final class Plain {
                static final int WIDTH = 3;
                @Dense(times = WIDTH) @Relu Layer zoom;
                @LayerNorm @Dropout(p = 0.1) private Layer amend;
                @Dense(BRANCH) Layer narrow;
                long counted() { return 1L << 40; }
            }
            final class Outer {
                @Block static final class Nested { @Dense(5) @Tanh Layer wide; @Dense(BRANCH) Layer back; }
                @Block final class Inner {
                    @Residual Nested nested;
                    @Dense(BRANCH) Layer ähnlich, auch;
                    Object outer() { return Outer.this; }
                }
            }
            @Block record Whole(@Dense(times = 2) Layer z, @Relu Layer m, @Dense(BRANCH) Layer a) {}
            """);

    private static final String MODEL = Graphs.source("""
            @Network(input = 8)
            final class Small {
                @Residual Plain plain;
                @Residual Outer.Inner inner;
                @Repeat(2) @Residual Whole whole;
                @Dense(2) Layer out;
            }
            """);

    private static Compilations with(CompilerKind compiler) {
        return Compilations.with(compiler).processor(new EspalierProcessor());
    }

    static Stream<List<CompilerKind>> pairs() {
        return Stream.of(CompilerKind.values())
                .flatMap(first -> Stream.of(CompilerKind.values()).map(second -> List.of(first, second)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void readsBlocksOfClassFilesAsOfSources(List<CompilerKind> compilers, @TempDir Path classes, @TempDir Path jars)
            throws IOException {
        CompilerKind compiler = compilers.getLast();
        Compilation library = with(compilers.getFirst())
                .source("demo/Library.java", LIBRARY)
                .classOutput(classes)
                .compile();
        assertThat(library.success()).as(library.toString()).isTrue();
        Compilation whole = with(compiler)
                .source("demo/Library.java", LIBRARY)
                .source("demo/Small.java", MODEL)
                .compile();
        assertThat(whole.success()).as(whole.toString()).isTrue();

        for (Path entry : List.of(classes, jar(classes, jars.resolve("library.jar")))) {
            Compilation part = with(compiler)
                    .source("demo/Small.java", MODEL)
                    .classPath(entry)
                    .compile();
            assertThat(part.success()).as(part.toString()).isTrue();
            assertThat(part.generated()).isEqualTo(whole.generated());
        }
    }

    @ParameterizedTest
    @EnumSource
    void followsABlockThatChangesInAnotherFile(CompilerKind compiler, @TempDir Path classes) {
        for (int times : new int[] {2, 0, 3}) {
            with(compiler)
                    .source(
                            "demo/Part.java",
                            Graphs.source("@Block final class Part { @Dense(times = " + times
                                    + ", bias = Bias.ON) @Relu Layer z; @Dense(BRANCH) Layer a; }"))
                    .classOutput(classes)
                    .compile();
            // Gradle and Eclipse compile what depends on a changed class again.
            Compilation network = with(compiler)
                    .source(
                            "demo/Small.java",
                            Graphs.source(
                                    "@Network(input = 8) final class Small { @Residual Part part; @Dense(2) Layer out; }"))
                    .classPath(classes)
                    .compile();
            if (times == 0) {
                assertThat(network.errors())
                        .as(network.toString())
                        .singleElement()
                        .satisfies(error -> assertThat(error.text())
                                .startsWith("[ValueRange]")
                                .contains("demo.Part.z"));
            } else {
                assertThat(network.success()).as(network.toString()).isTrue();
                assertThat(network.generated(NETWORK)).contains("\"units\", \"" + 8 * times + "\"");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesClassesWhoseOrderNobodyTells(CompilerKind compiler, @TempDir Path classes) {
        with(compiler)
                .source("demo/Library.java", LIBRARY)
                .source("demo/One.java", Graphs.source("@Block final class One { @Relu Layer only; }"))
                .classOutput(classes)
                .compile();
        Map<String, ShortSighted.Answer> answers = Map.of(
                "nothing", file -> null,
                "a failure",
                        file -> {
                            throw new FileSystemNotFoundException();
                        });
        answers.forEach((name, answer) -> {
            Compilation compilation = Compilations.with(compiler)
                    .processor(new ShortSighted(new EspalierProcessor(), answer))
                    .source("demo/Small.java", Graphs.source("""
                                    @Network(input = 8)
                                    final class Small {
                                        Plain plain;
                                        One one;
                                        @Residual Whole whole;
                                        Same same;
                                        Plain again;
                                        @Dense(2) Layer out;
                                    }
                                    """))
                    .source(
                            "demo/Same.java",
                            Graphs.source("@Block final class Same { @Relu Layer a; @Tanh Layer z; }"))
                    .classPath(classes)
                    .compile();
            assertThat(compilation.errors())
                    .as(name + ": " + compilation)
                    .singleElement()
                    .satisfies(error -> {
                        assertThat(error.text())
                                .startsWith("[UnknownStructure] demo.Plain comes from a class file")
                                .contains("Make it a record");
                        assertThat(error.place()).isEqualTo("demo/Small.java:11:11");
                    });
        });
    }

    @ParameterizedTest
    @EnumSource
    void takesSourcesForSourcesInEditorsThatKnowNoFiles(CompilerKind compiler, @TempDir Path sources)
            throws IOException {
        Path part = sources.resolve("demo/Part.java");
        Files.createDirectories(part.getParent());
        Files.writeString(
                part,
                Graphs.source("@Block final class Part { @Dense(times = 2) @Relu Layer z; @Dense(BRANCH) Layer a; }"));
        Compilation compilation = Compilations.with(compiler)
                .processor(new ShortSighted(new EspalierProcessor(), file -> {
                    throw new UnsupportedOperationException();
                }))
                .source(
                        "demo/Small.java",
                        Graphs.source(
                                "@Network(input = 8) final class Small { @Residual Part part; @Dense(2) Layer out; }"))
                .options("-sourcepath", sources.toString())
                .compile();
        assertThat(compilation.errors()).as(compilation.toString()).isEmpty();
        assertThat(compilation.generated(NETWORK)).contains("Part");
    }

    /** The class files of a directory in a jar. */
    private static Path jar(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new ZipEntry(classes.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/")));
                Files.copy(file, entries);
            }
        }
        return jar;
    }

    @ParameterizedTest
    @EnumSource
    void asksTheFieldAboutABlockWhoseSuppressionsAreLost(CompilerKind compiler, @TempDir Path classes) {
        String block = Graphs.source("""
                @SuppressWarnings("espalier:DropoutBeforeBatchNorm")
                @Block final class Branchy { @Dense(8) @Dropout(p = 0.5) @BatchNorm @Relu Layer expand; }
                """);
        Compilation whole = with(compiler)
                .source("demo/Branchy.java", block)
                .source("demo/Small.java", network(""))
                .compile();
        assertThat(whole.success()).as(whole.toString()).isTrue();
        assertThat(whole.findings("")).isEmpty();
        with(compiler).source("demo/Branchy.java", block).classOutput(classes).compile();

        Compilation part = with(compiler)
                .source("demo/Small.java", network(""))
                .classPath(classes)
                .compile();
        assertThat(part.success()).as(part.toString()).isTrue();
        assertThat(part.findings("DropoutBeforeBatchNorm"))
                .as(part.toString())
                .singleElement()
                .satisfies(finding -> assertThat(finding.text())
                        .contains("(This stands in demo.Branchy.expand, where the compiler cannot point.)"))
                .satisfies(finding -> assertThat(finding.line()).isEqualTo(lineOf("Branchy branch")));

        Compilation silenced = with(compiler)
                .source("demo/Small.java", network("@SuppressWarnings(\"espalier:DropoutBeforeBatchNorm\")"))
                .classPath(classes)
                .options("-Aespalier.unneededSuppressions=error")
                .compile();
        assertThat(silenced.success()).as(silenced.toString()).isTrue();
        assertThat(silenced.findings("")).isEmpty();
    }

    private static String network(String onTheField) {
        return Graphs.source(
                "@Network(input = 8) final class Small {\n" + onTheField + " Branchy branch;\n@Dense(2) Layer out; }");
    }

    private static long lineOf(String text) {
        String source = network("");
        return source.substring(0, source.indexOf(text)).lines().count();
    }
}
