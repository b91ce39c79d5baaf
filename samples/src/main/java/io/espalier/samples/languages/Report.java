package io.espalier.samples.languages;

import io.espalier.metric.ClassificationScores;
import io.espalier.samples.cli.Contender;
import io.espalier.samples.languages.LanguageTeller.Guess;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The texts that the program prints, of what it has found. Numbers have a decimal point in every locale. */
final class Report {
    private static final int GUESSES = 3;
    private static final int PAIRS = 4;

    /** What would be shown as 0 % is not shown, save for the likeliest. */
    private static final double LEAST = 0.005;

    private final LanguageData data;

    /**
     * Reports about networks that learn from some names.
     *
     * @param data the names
     */
    Report(LanguageData data) {
        this.data = data;
    }

    /** What the names are and how they are split, a sentence to a line. */
    String dataSet() {
        HeldOut split = data.split();
        return format(
                """
                %,d names of countries, languages and currencies in %d languages, from this JDK's locale data.
                Split by what is named: of %,d families of things, %,d are held out in all languages.
                %,d names to train on, %,d to validate (%d more are left out: a name to train on is spelt so).
                Of those to validate, %,d are spelt so in several languages: no more than %.1f %% can be right.
                """,
                split.names(),
                data.languages().size(),
                split.families(),
                split.familiesHeldOut(),
                split.training().size(),
                split.validation().size(),
                split.alsoInTraining(),
                data.shared(),
                100 * data.largestAccuracy());
    }

    /**
     * What is behind the accuracy: the mean over the languages, and the languages most often taken for others.
     *
     * @param contender the network
     */
    String mistakes(Contender contender) {
        ClassificationScores scores = contender.on("validation").scores();
        String pairs = scores.confusionMatrix().mostConfused(PAIRS).stream()
                .map(pair -> data.language(pair.expected()) + " for " + data.language(pair.answer()) + " ("
                        + pair.count() + ")")
                .collect(Collectors.joining(", "));
        String sentence = format("%s: macro F1 over the languages %.3f", contender.name(), scores.macroF1());
        return pairs.isEmpty() ? sentence + "\n" : sentence + "; most often taken: " + pairs + "\n";
    }

    /**
     * A name with what the network takes it for. The name ends the line, because one that is written from right to left
     * would carry along what follows.
     *
     * @param teller the network
     * @param name the name
     */
    String told(LanguageTeller teller, String name) {
        return format("%-68s  %s\n", guesses(teller, name), name);
    }

    /**
     * A held-out name with what it is, and what the network takes it for.
     *
     * @param teller the network
     * @param name the name
     */
    String told(LanguageTeller teller, Name name) {
        List<Guess> guesses = teller.guesses(name.text(), 1);
        String mark = guesses.getFirst().language() == name.language() ? "right" : "wrong";
        return format(
                "%-5s  %-18s  %-68s  %s: %s\n",
                mark,
                data.language(name.language()),
                guesses(teller, name.text()),
                name.item().nameIn(Locale.ENGLISH),
                name.text());
    }

    private String guesses(LanguageTeller teller, String name) {
        List<Guess> guesses = teller.guesses(name, GUESSES);
        return guesses.stream()
                .filter(guess -> guess.equals(guesses.getFirst()) || guess.probability() >= LEAST)
                .map(guess -> format("%s %.0f %%", data.language(guess.language()), 100 * guess.probability()))
                .collect(Collectors.joining(", "));
    }

    @SuppressWarnings("AnnotateFormatMethod") // would need a library for the annotation alone
    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
