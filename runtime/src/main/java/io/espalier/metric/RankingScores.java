package io.espalier.metric;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How well a network's scores tell positive examples from negative ones, for each column of a {@link Ranking}. Immutable.
 *
 * <p>The area under the ROC curve is the probability that a positive example, drawn at random, has a greater score than a
 * negative one, equal scores counting half: Hanley and McNeil, "The meaning and use of the area under a receiver operating
 * characteristic (ROC) curve", 1982. It is the Mann-Whitney statistic over mid-ranks, divided by the number of pairs. A
 * column that has no positive or no negative example has no such pair and no area.
 */
public final class RankingScores {
    private final long[] positives;
    private final long[] negatives;
    private final double[] areas;

    RankingScores(long[] positives, long[] negatives, double[] areas) {
        this.positives = positives;
        this.negatives = negatives;
        this.areas = areas;
    }

    void write(NumberText text) {
        text.put(positives).put(negatives).put(areas);
    }

    static RankingScores read(NumberText text) {
        RankingScores read = new RankingScores(text.counts(), text.counts(), text.numbers());
        if (read.positives.length != read.areas.length || read.negatives.length != read.areas.length) {
            throw new IllegalArgumentException("the areas have different lengths");
        }
        return read;
    }

    /**
     * The number of columns.
     *
     * @return at least 1
     */
    public int columns() {
        return areas.length;
    }

    /**
     * The number of positive examples.
     *
     * @param column from 0
     * @return at least 0
     */
    public long positives(int column) {
        return positives[column];
    }

    /**
     * The number of negative examples.
     *
     * @param column from 0
     * @return at least 0
     */
    public long negatives(int column) {
        return negatives[column];
    }

    /**
     * The area under the ROC curve.
     *
     * @param column from 0
     * @return 0 to 1, 0.5 for scores that tell nothing; empty if the column has no positive or no negative example
     */
    public OptionalDouble area(int column) {
        return positives[column] > 0 && negatives[column] > 0
                ? OptionalDouble.of(areas[column])
                : OptionalDouble.empty();
    }

    /**
     * The plain mean of the areas over the columns that have one: with a column for each class, scikit-learn's
     * {@code roc_auc_score(multi_class="ovr", average="macro")} over the classes that occur.
     *
     * @return 0 to 1; empty if no column has an area
     */
    public OptionalDouble macroArea() {
        double sum = 0;
        int defined = 0;
        for (int c = 0; c < areas.length; c++) {
            OptionalDouble area = area(c);
            if (area.isPresent()) {
                sum += area.getAsDouble();
                defined++;
            }
        }
        return defined == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / defined);
    }

    /** The mean area, in one line. */
    @Override
    public String toString() {
        OptionalDouble area = macroArea();
        return area.isPresent()
                ? String.format(Locale.ROOT, "ROC AUC %.4f", area.getAsDouble())
                : "ROC AUC undefined: no column has both positive and negative examples";
    }
}
