package io.espalier.metric;

import java.util.List;
import java.util.Locale;

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
    private final Tallies tallies;
    private final ConfusionMatrix confusionMatrix;

    ClassificationScores(long examples, Tallies tallies, ConfusionMatrix confusionMatrix) {
        this.examples = examples;
        this.tallies = tallies;
        this.confusionMatrix = confusionMatrix;
    }

    void write(NumberText text) {
        text.put(examples);
        tallies.write(text);
        confusionMatrix.write(text);
    }

    static ClassificationScores read(NumberText text) {
        long examples = text.count();
        Tallies tallies = Tallies.read(text);
        return new ClassificationScores(examples, tallies, ConfusionMatrix.read(text, tallies));
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
        return tallies.size();
    }

    /**
     * The share of examples whose answer was right.
     *
     * @return 0 to 1
     */
    public double accuracy() {
        return (double) tallies.allCorrect() / examples;
    }

    /**
     * Of the answers that named a class, the share that was right.
     *
     * @param c the class, from 0
     * @return 0 to 1; 0 if no answer named it
     */
    public double precision(int c) {
        return tallies.precision(c);
    }

    /**
     * Of the examples of a class, the share that was recognized.
     *
     * @param c the class, from 0
     * @return 0 to 1; 0 if there is no example of it
     */
    public double recall(int c) {
        return tallies.recall(c);
    }

    /**
     * The harmonic mean of precision and recall.
     *
     * @param c the class, from 0
     * @return 0 to 1; 0 if there is neither an example of the class nor an answer that named it
     */
    public double f1(int c) {
        return tallies.f1(c);
    }

    /**
     * The number of examples of a class.
     *
     * @param c the class, from 0
     * @return at least 0
     */
    public long support(int c) {
        return tallies.support(c);
    }

    /**
     * The number of answers that named a class.
     *
     * @param c the class, from 0
     * @return at least 0
     */
    public long predicted(int c) {
        return tallies.predicted(c);
    }

    /**
     * The mean precision over the classes that occur.
     *
     * @return 0 to 1
     */
    public double macroPrecision() {
        return tallies.macro(tallies::precision);
    }

    /**
     * The mean recall over the classes that occur.
     *
     * @return 0 to 1
     */
    public double macroRecall() {
        return tallies.macro(tallies::recall);
    }

    /**
     * The mean F1 over the classes that occur.
     *
     * @return 0 to 1
     */
    public double macroF1() {
        return tallies.macro(tallies::f1);
    }

    /**
     * The mean recall over the classes that have examples: what the accuracy would be if all had equally many.
     *
     * @return 0 to 1
     */
    public double balancedAccuracy() {
        double sum = 0;
        int occurring = 0;
        for (int c = 0; c < tallies.size(); c++) {
            if (tallies.support(c) > 0) {
                sum += tallies.recall(c);
                occurring++;
            }
        }
        return sum / occurring;
    }

    /**
     * Which classes were taken for which.
     *
     * @return the counts of all pairs
     */
    public ConfusionMatrix confusionMatrix() {
        return confusionMatrix;
    }

    /**
     * A table of the scores of all classes that occur, a line each, with the averages below.
     *
     * @param names the classes' names, in the order of their indices
     * @return lines that end in {@code \n}, numbers with a decimal point whatever the locale
     * @throws IllegalArgumentException if there is not one name for each class
     */
    public String table(List<String> names) {
        return new ScoreTable("class", tallies, names)
                .scores("macro average", macroPrecision(), macroRecall(), macroF1(), examples)
                .single("accuracy", accuracy(), examples)
                .single("balanced accuracy", balancedAccuracy(), examples)
                .toString();
    }

    /** The number of examples and the accuracy, in one line. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d examples, accuracy %.2f %%", examples, 100 * accuracy());
    }
}
