package io.espalier.metric;

import java.util.List;
import java.util.Locale;

/**
 * How good the answers for independent labels were. Immutable.
 *
 * <p>For a label, with TP the examples that have it and were given it: precision = TP / answered, recall = TP / support,
 * F1 = 2·TP / (support + answered). A quotient without a divisor counts as 0. The macro averages are plain means over the
 * labels that occur, among the examples or among the answers; micro F1 takes the decisions on all labels together.
 */
public final class LabellingScores {
    private final long examples;
    private final Tallies tallies;
    private final long decisionsRight;
    private final long allRight;

    LabellingScores(long examples, Tallies tallies, long decisionsRight, long allRight) {
        this.examples = examples;
        this.tallies = tallies;
        this.decisionsRight = decisionsRight;
        this.allRight = allRight;
    }

    void write(NumberText text) {
        text.put(examples);
        tallies.write(text);
        text.put(decisionsRight).put(allRight);
    }

    static LabellingScores read(NumberText text) {
        return new LabellingScores(text.count(), Tallies.read(text), text.count(), text.count());
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
     * The number of labels.
     *
     * @return at least 1
     */
    public int labels() {
        return tallies.size();
    }

    /**
     * The share of single decisions, label by label, that were right: 1 − the Hamming loss.
     *
     * @return 0 to 1
     */
    public double labelAccuracy() {
        return decisionsRight / ((double) examples * tallies.size());
    }

    /**
     * The share of examples all of whose labels were answered rightly.
     *
     * @return 0 to 1
     */
    public double subsetAccuracy() {
        return (double) allRight / examples;
    }

    /**
     * Of the answers that gave a label, the share that was right.
     *
     * @param label from 0
     * @return 0 to 1; 0 if no answer gave it
     */
    public double precision(int label) {
        return tallies.precision(label);
    }

    /**
     * Of the examples that have a label, the share that was given it.
     *
     * @param label from 0
     * @return 0 to 1; 0 if no example has it
     */
    public double recall(int label) {
        return tallies.recall(label);
    }

    /**
     * The harmonic mean of precision and recall.
     *
     * @param label from 0
     * @return 0 to 1; 0 if no example has the label and no answer gave it
     */
    public double f1(int label) {
        return tallies.f1(label);
    }

    /**
     * The number of examples that have a label.
     *
     * @param label from 0
     * @return at least 0
     */
    public long support(int label) {
        return tallies.support(label);
    }

    /**
     * The number of answers that gave a label.
     *
     * @param label from 0
     * @return at least 0
     */
    public long predicted(int label) {
        return tallies.predicted(label);
    }

    /**
     * The mean precision over the labels that occur.
     *
     * @return 0 to 1; 0 if none does
     */
    public double macroPrecision() {
        return tallies.macro(tallies::precision);
    }

    /**
     * The mean recall over the labels that occur.
     *
     * @return 0 to 1; 0 if none does
     */
    public double macroRecall() {
        return tallies.macro(tallies::recall);
    }

    /**
     * The mean F1 over the labels that occur.
     *
     * @return 0 to 1; 0 if none does
     */
    public double macroF1() {
        return tallies.macro(tallies::f1);
    }

    /**
     * F1 of all labels' decisions counted together.
     *
     * @return 0 to 1; 0 if no label occurs
     */
    public double microF1() {
        return Tallies.ratio(2 * tallies.allCorrect(), tallies.allSupport() + tallies.allPredicted());
    }

    /**
     * A table of the scores of all labels that occur, a line each, with the averages below.
     *
     * @param names the labels' names, in the order of their indices
     * @return lines that end in {@code \n}, numbers with a decimal point whatever the locale
     * @throws IllegalArgumentException if there is not one name for each label
     */
    public String table(List<String> names) {
        return new ScoreTable("label", tallies, names)
                .scores("macro average", macroPrecision(), macroRecall(), macroF1(), tallies.allSupport())
                .single("label accuracy", labelAccuracy(), examples)
                .single("subset accuracy", subsetAccuracy(), examples)
                .toString();
    }

    /** The number of examples, the label accuracy and the macro F1, in one line. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d examples, label accuracy %.2f %%, macro F1 %.2f %%",
                examples,
                100 * labelAccuracy(),
                100 * macroF1());
    }
}
