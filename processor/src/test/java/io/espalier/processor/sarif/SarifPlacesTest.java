package io.espalier.processor.sarif;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.SarifFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The places in a SARIF file are those that javac's own tree has, under either compiler, however the source is written. */
class SarifPlacesTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java wrong\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS_NAME = Pattern.compile("(class|record|interface|enum)\\s+(\\w+)|(\\w+)");

    /** Lines that end as Windows ends them, tabs, names beyond ASCII, a class behind another. */
    private static final String WINDOWS = """
            package demo;\r
            import io.espalier.Layer; import io.espalier.annotation.*;\r
            \r
            class Outer { static class Middle { @SuppressWarnings(value = "espalier:Nonsense")\r
            \t@Network(input=4,loss=Loss.BINARY_CROSS_ENTROPY)\t@LabelSmoothing(0.1)\r
            \tstatic class Größe { @Dropout(p = 1e0) Layer ünnütz; @Dense(4) Layer a, b; @Residual @Dense(5) Layer 出力; }\r
            } @Network(input = 4) static class Middle2 { String text; @Dense(0x0) Layer a; } }\r
            @Network(input = 3) class Second { @Dense(1) Layer one; } @Network(input = {3, 3}) class Third { @Dense(-1) Layer one; }\r
            """;

    static Stream<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        sources.add(Files.readString(Path.of("src", "test", "resources", "places", "Model.java")));
        sources.add(WINDOWS);
        try (Stream<Path> pages = Files.list(Path.of("..", "docs", "lint"))) {
            // What the page of the missing module calls wrong is not the source.
            for (Path page : pages.sorted()
                    .filter(file -> !file.endsWith("VectorModuleMissing.md"))
                    .toList()) {
                EXAMPLE.matcher(Files.readString(page)).results().forEach(match -> sources.add(match.group(1)));
            }
        }
        return sources.stream();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void areThoseOfJavacsTree(String source, @TempDir Path directory) throws IOException {
        List<String> printed = new ArrayList<>();
        SarifFile javac = compile(CompilerKind.JAVAC, source, directory, printed);
        List<String> written = javac.results().stream()
                .map(result -> result.rule() + " " + result.line() + ":" + result.column() + " " + result.shown(source))
                .sorted()
                .toList();
        assertThat(written).containsExactlyElementsOf(printed.stream().sorted().toList());

        SarifFile ecj = compile(CompilerKind.ECJ, source, directory, new ArrayList<>());
        assertThat(ecj.run()).isEqualTo(javac.run());
    }

    @Test
    void theSourcesHaveFindings() throws IOException {
        assertThat(sources().count()).isGreaterThan(20);
    }

    private static SarifFile compile(CompilerKind compiler, String source, Path directory, List<String> printed)
            throws IOException {
        Path workspace = Files.createDirectories(directory.resolve(compiler.name()));
        Files.createDirectory(workspace.resolve(".git"));
        Path sarif = workspace.resolve("findings.sarif");
        Matcher name = Pattern.compile("package (\\w+);").matcher(source);
        Compilation compilation = Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .options("-Aespalier.sarif=" + sarif, "-Aespalier.unneededSuppressions=warning")
                .workspace(workspace)
                .listener(message -> finding(message, source).ifPresent(printed::add))
                .source((name.find() ? name.group(1) + "/" : "") + "Model.java", source)
                .compile();
        assertThat(compilation.crash()).as(compilation.toString()).isEmpty();
        assertThat(compilation.errors()).as(compilation.toString()).allMatch(message -> message.text()
                .startsWith("["));
        SarifFile file = SarifFile.read(sarif);
        assertThat(file.results()).as(compilation.toString()).isNotEmpty();
        return file;
    }

    /** A finding as javac's tree has it: of a class or field the name, of anything else all of it. */
    private static Optional<String> finding(Diagnostic<? extends JavaFileObject> message, String source) {
        Matcher rule = Pattern.compile("\\[(\\w+)] ").matcher(message.getMessage(null));
        if (!rule.lookingAt()) {
            return Optional.empty();
        }
        int start = (int) message.getStartPosition();
        int position = (int) message.getPosition();
        String shown = source.substring(start, (int) message.getEndPosition());
        if (start != position && Character.isJavaIdentifierStart(source.codePointAt(position))) {
            Matcher name = CLASS_NAME.matcher(source).region(position, source.length());
            assertThat(name.lookingAt()).isTrue();
            shown = name.group(name.group(2) == null ? 3 : 2);
            start = name.start(name.group(2) == null ? 3 : 2);
        }
        String before = source.substring(0, start);
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        long column = start - before.lastIndexOf('\n');
        return Optional.of(rule.group(1) + " " + line + ":" + column + " " + shown);
    }
}
