package io.espalier.processor.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule's page in {@code docs/lint}, with the examples that it holds.
 *
 * @param rule the rule
 * @param text the whole page
 */
record RulePage(RuleInfo rule, String text) {
    /** Where the pages are, seen from the module that Maven runs the tests in. */
    static final Path DIRECTORY = Path.of("..", "docs", "lint");

    private static final Pattern CLASS = Pattern.compile("class (\\w+)");

    /** The pages of all rules; a rule without one fails here. */
    static List<RulePage> all() {
        return Lint.rules().stream()
                .map(rule -> new RulePage(rule, read(DIRECTORY.resolve(rule.id() + ".md"))))
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file that the rule finds one mistake in. */
    String wrong() {
        return block("java wrong");
    }

    /** The finding, as the compiler prints it. */
    String finding() {
        return block("text").strip();
    }

    /** The file without a mistake. */
    String right() {
        return block("java right");
    }

    /** What stands under a heading. */
    String section(String heading) {
        Matcher matcher = Pattern.compile("\n## " + heading + "\n(.*?)(?=\n## |\\z)", Pattern.DOTALL)
                .matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("the page of " + rule.id() + " has no heading ## " + heading);
        }
        return matcher.group(1);
    }

    /** The name of the class that a file holds. */
    static String className(String file) {
        Matcher matcher = CLASS.matcher(file);
        if (!matcher.find()) {
            throw new AssertionError("no class in\n" + file);
        }
        return matcher.group(1);
    }

    private String block(String kind) {
        Matcher matcher =
                Pattern.compile("```" + kind + "\n(.*?)```", Pattern.DOTALL).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("the page of " + rule.id() + " has no block ```" + kind);
        }
        return matcher.group(1);
    }

    @Override
    public String toString() {
        return rule.id();
    }
}
