package io.espalier.processor.fuzz;

import io.espalier.processor.lint.Lint;
import io.espalier.processor.lint.RuleInfo;
import io.espalier.processor.lint.UnneededSuppressions;
import io.espalier.processor.testing.Compilation;
import io.espalier.processor.testing.Message;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.Diagnostic.Kind;

/** What of a compilation's messages the processor said. */
final class Findings {
    private static final String ELSEWHERE = " (This stands in ";

    private Findings() {}

    /** Whether all errors are the processor's. */
    static boolean speaksAlone(Compilation compilation) {
        return compilation.crash().isEmpty() && compilation.errors().stream().allMatch(Findings::isOurs);
    }

    /** The findings with their grades, sorted; where Eclipse's compiler cannot point, it shows two of the same text once. */
    static List<String> graded(Compilation compilation) {
        return compilation.messages().stream()
                .filter(Findings::isOurs)
                .map(message -> (message.kind() == Kind.ERROR ? "error " : "warning ") + bare(message))
                .distinct()
                .sorted()
                .toList();
    }

    /** The findings in the order in which they came. */
    static List<String> shown(Compilation compilation) {
        return compilation.messages().stream()
                .filter(Findings::isOurs)
                .map(Findings::bare)
                .distinct()
                .toList();
    }

    /** A text without what is said where a compiler cannot point: Eclipse's places nothing in records. */
    private static String bare(Message message) {
        int end = message.text().indexOf(ELSEWHERE);
        return end < 0 ? message.text() : message.text().substring(0, end);
    }

    /** The grade and rule of a finding that only one of two lists has. */
    static String difference(List<String> one, List<String> other) {
        TreeSet<String> rules = new TreeSet<>();
        one.stream().filter(text -> !other.contains(text)).forEach(rules::add);
        other.stream().filter(text -> !one.contains(text)).forEach(rules::add);
        return rules.isEmpty() ? "" : rules.first().replaceAll("].*", "]");
    }

    /** Whether a message is a finding, or speaks of the processor's options. */
    static boolean isOurs(Message message) {
        return ruleOf(message).isPresent()
                || message.text().toLowerCase(Locale.ROOT).startsWith("-aespalier");
    }

    /** The rule of a finding. */
    static Optional<RuleInfo> ruleOf(Message message) {
        return Stream.concat(Lint.rules().stream(), Stream.of(UnneededSuppressions.RULE))
                .filter(rule -> message.text().startsWith("[" + rule.id() + "] "))
                .findFirst();
    }

    /** Whether a message stands at a place, or says that it would. */
    static boolean isAt(Message message, Sources.Place place) {
        return message.text().contains(ELSEWHERE)
                ? message.text().contains("." + place.name() + ",")
                        || message.text().contains(" " + place.name() + ",")
                : message.line() == place.line() && message.file().equals(place.file());
    }
}
