package io.espalier.processor.corpus;

import io.espalier.processor.EspalierProcessor;
import io.espalier.processor.lint.Lint;
import io.espalier.processor.testing.Compilations;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the lint found in the corpus and in what operators made of it, beside what it should have found. */
final class LintReport {
    private static final Pattern PACKAGE = Pattern.compile("\\bmade(\\d+)[./]");

    private final CompilerKind compiler;
    private final List<Outcome> outcomes;

    private LintReport(CompilerKind compiler, List<Outcome> outcomes) {
        this.compiler = compiler;
        this.outcomes = outcomes;
    }

    /** Compiles the corpus and its mutants. */
    static LintReport of(CompilerKind compiler, String... options) {
        List<Outcome> outcomes = new ArrayList<>(outcomes(
                Mutants.ofEveryOperator(), compiler, Compilations.with(compiler).options(options)));
        outcomes.addAll(outcomes(
                Mutants.withoutTheVectorModule(),
                compiler,
                Compilations.with(compiler)
                        .platform("--limit-modules", "java.base")
                        .options(options)));
        return new LintReport(compiler, outcomes);
    }

    /** Compiles all sources at once, each in a package of its own. */
    private static List<Outcome> outcomes(List<Mutant> mutants, CompilerKind compiler, Compilations compilations) {
        // Whether what is written for the networks compiles is not asked here.
        compilations.processor(new EspalierProcessor()).options("-proc:only");
        if (compiler == CompilerKind.JAVAC) {
            // It stops at a hundred messages unless it is told otherwise.
            compilations.options("-Xmaxerrs", "100000", "-Xmaxwarns", "100000");
        }
        for (int i = 0; i < mutants.size(); i++) {
            Mutant mutant = mutants.get(i);
            compilations.source(
                    "made" + i + "/" + mutant.site().model().name() + ".java",
                    mutant.text().replace("package corpus;", "package made" + i + ";"));
        }
        Map<Integer, List<Message>> messages =
                compilations.compile().messages().stream().collect(Collectors.groupingBy(LintReport::index));
        if (messages.containsKey(-1)) {
            throw new AssertionError("messages about none of the sources: " + messages.get(-1));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < mutants.size(); i++) {
            outcomes.add(Outcome.of(mutants.get(i), compiler, messages.getOrDefault(i, List.of())));
        }
        return outcomes;
    }

    /** The number of the source that a message is about; what has no place names the class. */
    private static int index(Message message) {
        Matcher made = PACKAGE.matcher(message.file().isEmpty() ? message.text() : message.file());
        return made.find() ? Integer.parseInt(made.group(1)) : -1;
    }

    /** The sources in which not exactly that was found that should be. */
    List<Outcome> failures() {
        return outcomes.stream().filter(outcome -> !outcome.isExact()).toList();
    }

    /** How many wrong sources a rule is to find something in. */
    long wrong(String rule) {
        return count(outcome -> outcome.mutant().rules().contains(rule));
    }

    /** How many sources are wrong. */
    long wrong() {
        return count(outcome -> !outcome.mutant().rules().isEmpty());
    }

    private long count(Predicate<Outcome> which) {
        return outcomes.stream().filter(which).count();
    }

    @Override
    public String toString() {
        Predicate<Outcome> corpus = outcome -> outcome.mutant().operator().isEmpty();
        Predicate<Outcome> wrong = outcome -> !outcome.mutant().rules().isEmpty();
        Predicate<Outcome> changed = corpus.or(wrong).negate();
        StringBuilder text = new StringBuilder("The lint under " + compiler + "\n");
        text.append("  %4d of %4d models of the corpus: nothing found\n"
                .formatted(count(corpus.and(Outcome::isExact)), count(corpus)));
        text.append("  %4d of %4d changed but right ones: nothing found\n"
                .formatted(count(changed.and(Outcome::isExact)), count(changed)));
        text.append("  %4d of %4d wrong ones: exactly what is wrong found\n"
                .formatted(count(wrong.and(Outcome::isExact)), count(wrong)));
        text.append("By rule:\n");
        for (String rule : Lint.ruleIds()) {
            Predicate<Outcome> named = outcome -> outcome.mutant().rules().contains(rule);
            text.append("%s: silent on %d of %d right, exact on %d of %d wrong\n"
                    .formatted(
                            rule,
                            count(wrong.negate().and(outcome -> outcome.isExact(rule))),
                            count(wrong.negate()),
                            count(named.and(outcome -> outcome.isExact(rule))),
                            count(named)));
            Map<String, Long> operators = outcomes.stream()
                    .filter(named)
                    .collect(Collectors.groupingBy(
                            outcome -> outcome.mutant().operator(), TreeMap::new, Collectors.counting()));
            operators.forEach((operator, times) -> text.append("  %4d %s\n".formatted(times, operator)));
        }
        return text.toString();
    }
}
