package io.espalier.processor.corpus;

import io.espalier.processor.lint.MarkedSource;
import io.espalier.processor.lint.MarkedSource.Expected;
import io.espalier.processor.testing.CompilerKind;
import io.espalier.processor.testing.Message;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of one source.
 *
 * @param mutant the source
 * @param expected what its marks say, in the order of places
 * @param found what was found, in the same order
 * @param others what else the compiler said
 */
record Outcome(Mutant mutant, List<Expected> expected, List<Expected> found, List<Message> others) {
    /** Compares what a compiler said of a source with the marks in it. */
    static Outcome of(Mutant mutant, CompilerKind compiler, List<Message> messages) {
        boolean placed =
                compiler == CompilerKind.JAVAC || !mutant.site().model().hasRecords();
        return new Outcome(
                mutant,
                ordered(MarkedSource.file(mutant.text()).expected(compiler), placed),
                ordered(MarkedSource.found(messages), placed),
                messages.stream()
                        .filter(message -> MarkedSource.found(List.of(message)).isEmpty())
                        .toList());
    }

    private static List<Expected> ordered(List<Expected> findings, boolean placed) {
        Stream<Expected> known = placed
                ? findings.stream()
                : findings.stream().map(finding -> new Expected(0, 0, finding.grade(), finding.rule()));
        return known.sorted(MarkedSource.BY_PLACE).toList();
    }

    /** Whether everything was found that should be, and nothing else. */
    boolean isExact() {
        return expected.equals(found) && others.isEmpty();
    }

    /** Whether a rule found what it should. */
    boolean isExact(String rule) {
        return of(rule, expected).equals(of(rule, found));
    }

    private static List<Expected> of(String rule, List<Expected> findings) {
        return findings.stream().filter(finding -> finding.rule().equals(rule)).toList();
    }

    @Override
    public String toString() {
        return mutant + "\n  expected " + expected + "\n  found    " + found
                + (others.isEmpty() ? "" : "\n  and      " + others) + "\n" + mutant.text();
    }
}
