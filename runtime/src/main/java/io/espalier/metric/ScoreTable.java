package io.espalier.metric;

import java.util.List;
import java.util.Locale;

/** The text of precision, recall, F1 and support, a line for each class or label, numbers alike in every locale. */
final class ScoreTable {
    private final StringBuilder text = new StringBuilder();
    private final String row;

    ScoreTable(String what, Tallies tallies, List<String> names) {
        if (names.size() != tallies.size()) {
            throw new IllegalArgumentException("There are " + tallies.size() + " " + what
                    + (what.endsWith("s") ? "es" : "s") + ", but " + names.size() + " names for them");
        }
        int width = "balanced accuracy".length();
        for (String name : names) {
            width = Math.max(width, name.length());
        }
        row = "%-" + width + "s  %9s  %9s  %9s  %9s\n";
        line(what, "precision", "recall", "F1", "support");
        for (int c = 0; c < tallies.size(); c++) {
            if (tallies.occurs(c)) {
                scores(names.get(c), tallies.precision(c), tallies.recall(c), tallies.f1(c), tallies.support(c));
            }
        }
    }

    ScoreTable scores(String name, double precision, double recall, double f1, long support) {
        return line(name, percent(precision), percent(recall), percent(f1), Long.toString(support));
    }

    ScoreTable single(String name, double score, long examples) {
        return line(name, "", percent(score), "", Long.toString(examples));
    }

    private ScoreTable line(String name, String precision, String recall, String f1, String support) {
        text.append(String.format(Locale.ROOT, row, name, precision, recall, f1, support));
        return this;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
