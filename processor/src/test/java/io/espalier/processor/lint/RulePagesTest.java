package io.espalier.processor.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Golden;
import io.espalier.processor.testing.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages tell the truth: their examples are compiled, and their texts are the rules' own. */
class RulePagesTest {
    private static final String ANNOTATION = "@Network(";

    static Stream<Arguments> pages() {
        return RulePage.all().stream()
                .flatMap(page -> Arrays.stream(CompilerKind.values()).map(compiler -> Arguments.of(page, compiler)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void wrongExampleGivesTheFindingAndSilencedNone(RulePage page, CompilerKind compiler) {
        String name = RulePage.className(page.wrong());
        String silenced = page.wrong()
                .replace("class " + name, "class Silenced" + name)
                .replace(
                        ANNOTATION,
                        "@SuppressWarnings(\"espalier:" + page.rule().id() + "\") " + ANNOTATION);

        Compilation compilation = wrong(page, compiler)
                .source(name + ".java", page.wrong())
                .source("Silenced" + name + ".java", silenced)
                .compile();

        assertThat(found(compilation, name)).as(compilation.toString()).containsExactly(page.finding());
        boolean stays = page.rule().severity() == RuleInfo.Severity.FIXED_ERROR;
        assertThat(found(compilation, "Silenced" + name))
                .as(compilation.toString())
                .hasSize(stays ? 1 : 0)
                .allMatch(text ->
                        text.endsWith("(@SuppressWarnings has no effect on this: no code could be generated.)"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void rightExampleGivesNone(RulePage page, CompilerKind compiler) {
        Compilation compilation = Compilations.with(compiler)
                .processor(new EspalierProcessor())
                .source(RulePage.className(page.right()) + ".java", page.right())
                .compile();
        assertThat(compilation.success()).as(compilation.toString()).isTrue();
        assertThat(compilation.messages()).noneMatch(message -> message.text().startsWith("["));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void optionsGradeWhatIsNotFixed(RulePage page, CompilerKind compiler) {
        String id = page.rule().id();
        List<String> options = List.of(id + ":error", id + ":warning", "all:warning", "all:off", id + ":error,all:off");
        LintProbe probe = new LintProbe(options);
        Compilation compilation = wrong(page, compiler)
                .processor(probe)
                .source(RulePage.className(page.wrong()) + ".java", page.wrong())
                .compile();

        boolean stays = page.rule().severity() == RuleInfo.Severity.FIXED_ERROR;
        assertThat(probe.found())
                .as(compilation.toString())
                .containsExactly(
                        "ERROR " + id,
                        (stays ? "ERROR " : "WARNING ") + id,
                        (stays ? "ERROR " : "WARNING ") + id,
                        stays ? "ERROR " + id : "",
                        "ERROR " + id);
    }

    @Test
    void pagesSayWhatTheRulesSay() {
        for (RulePage page : RulePage.all()) {
            RuleInfo rule = page.rule();
            assertThat(page.text())
                    .startsWith("# " + rule.id() + "\n\n*" + rule.severity() + "*: " + rule.summary() + ".\n");
            boolean silences = page.text().contains("@SuppressWarnings(\"espalier:" + rule.id() + "\")");
            assertThat(silences).as(rule.id()).isEqualTo(rule.severity().isRegradable());
        }
    }

    @Test
    void pagesNameTheSourcesOfTheIndex() {
        for (RulePage page : RulePage.all()) {
            String firstWord = page.rule().source().replaceAll("\\W.*", "");
            assertThat(page.section("Source")).as(page.rule().id()).containsIgnoringCase(firstWord);
        }
    }

    @Test
    void indexIsGeneratedFromTheRules() {
        Path index = RulePage.DIRECTORY.resolve("README.md");
        Golden.check(index, RuleIndex.in(RulePage.read(index)));
    }

    @Test
    void rulesStandInTheOrderOfTheIndex() {
        assertThat(Lint.rules()).isSortedAccordingTo(Comparator.comparing(RuleInfo::group));
    }

    @Test
    void everyPageHasItsRule() throws IOException {
        try (Stream<Path> files = Files.list(RulePage.DIRECTORY)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    Stream.of("README.md", "options.md"),
                                    Lint.ruleIds().stream().map(id -> id + ".md"))
                            .toList());
        }
    }

    /** What the page of the missing module calls wrong is not the source but how it is compiled. */
    private static Compilations wrong(RulePage page, CompilerKind compiler) {
        Compilations compilations = Compilations.with(compiler).processor(new EspalierProcessor());
        return page.rule().id().equals("VectorModuleMissing")
                ? compilations.platform("--limit-modules", "java.base")
                : compilations;
    }

    private static List<String> found(Compilation compilation, String className) {
        return compilation.messages().stream()
                .filter(message -> message.file().equals(className + ".java"))
                .map(Message::text)
                .filter(text -> !text.startsWith("Unsupported @SuppressWarnings"))
                .toList();
    }
}
