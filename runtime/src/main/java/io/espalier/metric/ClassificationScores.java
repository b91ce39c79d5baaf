package io.espalier.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/**
 * How good a classifier's answers were. Immutable.
 *
 * <p>For a class, with TP the examples of it that were recognized: precision = TP / answered, recall = TP / support,
 * F1 = 2·TP / (support + answered). A quotient without a divisor counts as 0. The macro averages are plain means over the
 * classes that occur, among the examples or among the answers; {@link #balancedAccuracy()} is the mean recall over the
 * classes that have examples.
 */
public final class ClassificationScores {
    private final long examples;
    private final long[] support;
    private final long[] predicted;
    private final long[] correct;

    ClassificationScores(long examples, long[] support, long[] predicted, long[] correct) {
        this.examples = examples;
        this.support = support;
        this.predicted = predicted;
        this.correct = correct;
    }

    /**
     * The number of examples.
     *
     * @return at least 1
     */
    public long examples() {
        return examples;
    }

    /**
     * The number of classes.
     *
     * @return at least 1
     */
    public int classes() {
        return support.length;
    }

    /**
     * The share of examples whose answer was right.
     *
     * @return 0 to 1
     */
    public double accuracy() {
        return (double) Arrays.stream(correct).sum() / examples;
    }

    /**
     * Of the answers that named a class, the share that was right.
     *
     * @param c the class, from 0
     * @return 0 to 1; 0 if no answer named it
     */
    public double precision(int c) {
        return ratio(correct[c], predicted[c]);
    }

    /**
     * Of the examples of a class, the share that was recognized.
     *
     * @param c the class, from 0
     * @return 0 to 1; 0 if there is no example of it
     */
    public double recall(int c) {
        return ratio(correct[c], support[c]);
    }

    /**
     * The harmonic mean of precision and recall.
     *
     * @param c the class, from 0
     * @return 0 to 1; 0 if there is neither an example of the class nor an answer that named it
     */
    public double f1(int c) {
        return ratio(2 * correct[c], support[c] + predicted[c]);
    }

    /**
     * The number of examples of a class.
     *
     * @param c the class, from 0
     * @return at least 0
     */
    public long support(int c) {
        return support[c];
    }

    /**
     * The number of answers that named a class.
     *
     * @param c the class, from 0
     * @return at least 0
     */
    public long predicted(int c) {
        return predicted[c];
    }

    /**
     * The mean precision over the classes that occur.
     *
     * @return 0 to 1
     */
    public double macroPrecision() {
        return mean(this::precision, true);
    }

    /**
     * The mean recall over the classes that occur.
     *
     * @return 0 to 1
     */
    public double macroRecall() {
        return mean(this::recall, true);
    }

    /**
     * The mean F1 over the classes that occur.
     *
     * @return 0 to 1
     */
    public double macroF1() {
        return mean(this::f1, true);
    }

    /**
     * The mean recall over the classes that have examples: what the accuracy would be if all had equally many.
     *
     * @return 0 to 1
     */
    public double balancedAccuracy() {
        return mean(this::recall, false);
    }

    /**
     * A table of the scores of all classes that occur, a line each, with the averages below.
     *
     * @param names the classes' names, in the order of their indices
     * @return lines that end in {@code \n}, numbers with a decimal point whatever the locale
     * @throws IllegalArgumentException if there is not one name for each class
     */
    public String table(List<String> names) {
        if (names.size() != support.length) {
            throw new IllegalArgumentException(
                    "There are " + support.length + " classes, but " + names.size() + " names for them");
        }
        int width = "balanced accuracy".length();
        for (String name : names) {
            width = Math.max(width, name.length());
        }
        String row = "%-" + width + "s  %9s  %9s  %9s  %9s\n";
        StringBuilder table = new StringBuilder();
        table.append(String.format(Locale.ROOT, row, "class", "precision", "recall", "F1", "support"));
        for (int c = 0; c < support.length; c++) {
            if (support[c] + predicted[c] > 0) {
                table.append(line(row, names.get(c), precision(c), recall(c), f1(c), support[c]));
            }
        }
        table.append(line(row, "macro average", macroPrecision(), macroRecall(), macroF1(), examples));
        table.append(String.format(Locale.ROOT, row, "accuracy", "", percent(accuracy()), "", examples));
        table.append(
                String.format(Locale.ROOT, row, "balanced accuracy", "", percent(balancedAccuracy()), "", examples));
        return table.toString();
    }

    private static String line(String row, String name, double precision, double recall, double f1, long support) {
        return String.format(Locale.ROOT, row, name, percent(precision), percent(recall), percent(f1), support);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private double mean(IntToDoubleFunction score, boolean answered) {
        double sum = 0;
        int occurring = 0;
        for (int c = 0; c < support.length; c++) {
            if (support[c] > 0 || (answered && predicted[c] > 0)) {
                sum += score.applyAsDouble(c);
                occurring++;
            }
        }
        return sum / occurring;
    }

    /** The number of examples and the accuracy, in one line. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d examples, accuracy %.2f %%", examples, 100 * accuracy());
    }
}
