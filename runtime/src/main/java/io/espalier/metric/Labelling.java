package io.espalier.metric;

import java.util.Objects;

/**
 * Gathers which of several independent labels a network answered, example by example, and turns it into
 * {@link LabellingScores}. Memory is a few numbers per label. Not thread-safe; gather apart and {@link #merge}.
 */
public final class Labelling {
    private final Tallies tallies;
    private final float threshold;
    private long examples;
    private long allRight;
    private long decisionsRight;

    /**
     * An accumulator without examples.
     *
     * @param labels the number of labels, at least 1
     * @param threshold a label is answered where its score is greater: 0.5 for probabilities, 0 for logits
     * @throws IllegalArgumentException if there is no label, or the threshold is no number
     */
    public Labelling(int labels, float threshold) {
        if (labels < 1) {
            throw new IllegalArgumentException("Scores need at least one label, but labels is " + labels);
        }
        if (Float.isNaN(threshold)) {
            throw new IllegalArgumentException("The threshold of an answer must be a number, but it is NaN");
        }
        this.tallies = new Tallies(labels);
        this.threshold = threshold;
    }

    /**
     * Adds an example.
     *
     * @param expected holds the targets, a label is right where it is greater than 0.5
     * @param expectedFrom where those of this example begin
     * @param scores holds the network's answers, probabilities or logits as the threshold has it
     * @param scoresFrom where those of this example begin
     * @throws IndexOutOfBoundsException if an array ends before the last label
     * @throws IllegalArgumentException if a target or score is NaN, naming the label; the example then does not count
     */
    public void add(float[] expected, int expectedFrom, float[] scores, int scoresFrom) {
        int labels = tallies.size();
        Objects.checkFromIndexSize(expectedFrom, labels, expected.length);
        Objects.checkFromIndexSize(scoresFrom, labels, scores.length);
        for (int label = 0; label < labels; label++) {
            if (Float.isNaN(expected[expectedFrom + label]) || Float.isNaN(scores[scoresFrom + label])) {
                throw new IllegalArgumentException("The "
                        + (Float.isNaN(scores[scoresFrom + label]) ? "score" : "target") + " of label " + label
                        + " is NaN");
            }
        }
        int right = 0;
        for (int label = 0; label < labels; label++) {
            boolean present = expected[expectedFrom + label] > 0.5f;
            boolean answered = scores[scoresFrom + label] > threshold;
            if (present) {
                tallies.expected(label);
            }
            if (answered) {
                tallies.answered(label);
            }
            if (present && answered) {
                tallies.both(label);
            }
            right += present == answered ? 1 : 0;
        }
        examples++;
        decisionsRight += right;
        allRight += right == labels ? 1 : 0;
    }

    /**
     * Adds all that another accumulator has gathered.
     *
     * @param other of the same number of labels and the same threshold; left as it is
     * @throws IllegalArgumentException if they differ
     */
    public void merge(Labelling other) {
        if (other.tallies.size() != tallies.size() || other.threshold != threshold) {
            throw new IllegalArgumentException("Scores over " + other.tallies.size() + " labels at a threshold of "
                    + other.threshold + " cannot be merged into scores over " + tallies.size() + " at " + threshold);
        }
        tallies.merge(other.tallies);
        examples += other.examples;
        decisionsRight += other.decisionsRight;
        allRight += other.allRight;
    }

    /** Forgets all examples. */
    public void clear() {
        tallies.clear();
        examples = 0;
        decisionsRight = 0;
        allRight = 0;
    }

    /**
     * The scores of the examples so far.
     *
     * @return a snapshot that later examples do not change
     * @throws IllegalStateException if there is no example yet
     */
    public LabellingScores scores() {
        if (examples == 0) {
            throw new IllegalStateException("There are no scores without an example; add(…) some first");
        }
        return new LabellingScores(examples, tallies.copy(), decisionsRight, allRight);
    }
}
