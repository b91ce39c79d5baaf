package io.espalier.samples.languages;

import io.espalier.samples.languages.LanguageTeller.Guess;
import io.espalier.train.Evaluation;
import io.espalier.train.History;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
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
     * The networks side by side, a line each: with the weights of their best epochs, and in one column the validation loss
     * that they would have come to without going back to those.
     *
     * @param contenders the networks
     */
    String table(List<Contender> contenders) {
        StringBuilder table = new StringBuilder();
        String head = "%-12s  %9s  %9s  %10s  %10s  %8s  %10s  %11s  %9s\n";
        table.append(
                format(head, "", "training", "training", "validation", "validation", "", "", "loss at the", "seconds"));
        table.append(format(
                head,
                "network",
                "loss",
                "accuracy",
                "loss",
                "accuracy",
                "gap",
                "best epoch",
                "last epoch",
                "per epoch"));
        for (Contender each : contenders) {
            History history = each.history();
            table.append(format(
                    head,
                    each.name(),
                    format("%.4f", each.training().loss()),
                    percent(each.training()),
                    format("%.4f", each.validation().loss()),
                    percent(each.validation()),
                    format("%.4f", each.gap()),
                    history == null
                            ? "-"
                            : history.bestEpoch() + " of " + history.epochs().size(),
                    history == null ? "-" : lastLoss(history),
                    history == null ? "-" : format("%.2f", Contender.secondsPerEpoch(history))));
        }
        return table.toString();
    }

    /**
     * What is behind the accuracy: the mean over the languages, and the languages taken for each other.
     *
     * @param contender the network
     */
    String mistakes(Contender contender) {
        String pairs = Confusions.of(contender.network().predictor(), data.validation()).worst(PAIRS).stream()
                .map(pair -> data.language(pair.first()) + " and " + data.language(pair.second()) + " (" + pair.names()
                        + ")")
                .collect(Collectors.joining(", "));
        String sentence = format(
                "%s: macro F1 over the languages %.3f",
                contender.name(), contender.validation().scores().macroF1());
        return pairs.isEmpty() ? sentence + "\n" : sentence + "; most often taken for each other: " + pairs + "\n";
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

    /**
     * The last line, for programs: {@code result key=value …}, with a network's figures under its name.
     *
     * @param run further keys and values, which come first
     * @param contenders the networks
     * @param seconds what all of it took
     */
    String result(Map<String, Object> run, List<Contender> contenders, double seconds) {
        StringJoiner line = new StringJoiner(" ", "result ", "\n");
        line.add("languages=" + data.languages().size());
        line.add("names=" + data.split().names());
        line.add("training=" + data.training().size());
        line.add("validation=" + data.validation().size());
        run.forEach((key, value) -> line.add(key + "=" + value));
        for (Contender each : contenders) {
            String name = each.name() + "_";
            line.add(name + format("training_loss=%.4f", each.training().loss()));
            line.add(name + format("training_accuracy=%.4f", each.training().accuracy()));
            line.add(name + format("validation_loss=%.4f", each.validation().loss()));
            line.add(name + format("validation_accuracy=%.4f", each.validation().accuracy()));
            line.add(name + format("gap=%.4f", each.gap()));
            line.add(name + format("macro_f1=%.4f", each.validation().scores().macroF1()));
            History history = each.history();
            if (history != null) {
                line.add(name + "best_epoch=" + history.bestEpoch());
                line.add(name + format("seconds_per_epoch=%.3f", Contender.secondsPerEpoch(history)));
            }
        }
        line.add(format("seconds=%.1f", seconds));
        return line.toString();
    }

    private static String lastLoss(History history) {
        Evaluation last = history.last().validation();
        return last == null ? "-" : format("%.4f", last.loss());
    }

    private static String percent(Evaluation evaluation) {
        return format("%.2f %%", 100 * evaluation.accuracy());
    }

    @SuppressWarnings("AnnotateFormatMethod") // would need a library for the annotation alone
    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
