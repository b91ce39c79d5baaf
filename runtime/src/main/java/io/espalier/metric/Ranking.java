package io.espalier.metric;

import java.util.Arrays;
import java.util.Objects;

/**
 * Gathers the scores by which a network ranks examples, and turns them into {@link RankingScores}: areas under ROC curves.
 *
 * <p>A column is one question of yes or no: the positive class of a binary classifier (one column), each class against the
 * rest, or each of several independent labels. The area is exact, so every score is kept: 4 bytes for each example and
 * column. Not thread-safe; gather apart and {@link #merge}. The result does not depend on the order of adding and merging.
 */
public final class Ranking {
    private final Column[] columns;

    /**
     * An accumulator without scores.
     *
     * @param columns the number of questions, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public Ranking(int columns) {
        if (columns < 1) {
            throw new IllegalArgumentException("A ranking needs at least one column, but columns is " + columns);
        }
        this.columns = new Column[columns];
        Arrays.setAll(this.columns, c -> new Column());
    }

    /**
     * Adds an example to one column.
     *
     * @param column from 0
     * @param positive whether the right answer is yes
     * @param score the greater, the more the network believes so; probabilities and logits rank alike
     * @throws IndexOutOfBoundsException if there is no such column
     * @throws IllegalArgumentException if the score is NaN
     */
    public void add(int column, boolean positive, float score) {
        Objects.checkIndex(column, columns.length);
        requireNumber(column, score);
        columns[column].add(positive, score);
    }

    /**
     * Adds an example of a class to all columns: positive in that of its class, negative in all others.
     *
     * @param expected the right class, from 0
     * @param scores holds the network's score of each class; probabilities where the columns shall be comparable, because
     *     a logit ranks examples only against those of its own row
     * @param from where those of this example begin
     * @throws IndexOutOfBoundsException if there is no such class, or the array ends before the last one
     * @throws IllegalArgumentException if a score is NaN; the example then does not count
     */
    public void addOneVersusRest(int expected, float[] scores, int from) {
        Objects.checkIndex(expected, columns.length);
        Objects.checkFromIndexSize(from, columns.length, scores.length);
        for (int c = 0; c < columns.length; c++) {
            requireNumber(c, scores[from + c]);
        }
        for (int c = 0; c < columns.length; c++) {
            columns[c].add(c == expected, scores[from + c]);
        }
    }

    private static void requireNumber(int column, float score) {
        if (Float.isNaN(score)) {
            throw new IllegalArgumentException("The score of column " + column + " is NaN, which has no rank");
        }
    }

    /**
     * Adds all that another accumulator has gathered.
     *
     * @param other of the same number of columns; left as it is
     * @throws IllegalArgumentException if the numbers of columns differ
     */
    public void merge(Ranking other) {
        if (other.columns.length != columns.length) {
            throw new IllegalArgumentException(
                    "A ranking of " + other.columns.length + " columns cannot be merged into one of " + columns.length);
        }
        for (int c = 0; c < columns.length; c++) {
            columns[c].positives.addAll(other.columns[c].positives);
            columns[c].negatives.addAll(other.columns[c].negatives);
        }
    }

    /** Forgets all examples. */
    public void clear() {
        for (Column column : columns) {
            column.positives.count = 0;
            column.negatives.count = 0;
        }
    }

    /**
     * The areas for the examples so far.
     *
     * @return a snapshot that later examples do not change; sorting takes most of its time
     */
    public RankingScores scores() {
        long[] positives = new long[columns.length];
        long[] negatives = new long[columns.length];
        double[] areas = new double[columns.length];
        for (int c = 0; c < columns.length; c++) {
            positives[c] = columns[c].positives.count;
            negatives[c] = columns[c].negatives.count;
            areas[c] = area(columns[c].positives.sorted(), columns[c].negatives.sorted());
        }
        return new RankingScores(positives, negatives, areas);
    }

    /** Twice the Mann-Whitney statistic is a whole number, below 2⁶³ for arrays of any length: exact in any order. */
    private static double area(float[] positives, float[] negatives) {
        long twice = 0;
        int below = 0;
        int upTo = 0;
        for (float score : positives) {
            while (below < negatives.length && negatives[below] < score) {
                below++;
            }
            upTo = Math.max(upTo, below);
            while (upTo < negatives.length && negatives[upTo] == score) {
                upTo++;
            }
            twice += (long) below + upTo;
        }
        return twice / (2.0 * positives.length * negatives.length);
    }

    private static final class Column {
        private final Scores positives = new Scores();
        private final Scores negatives = new Scores();

        void add(boolean positive, float score) {
            (positive ? positives : negatives).add(score);
        }
    }

    /** A growing array. */
    private static final class Scores {
        private float[] values = new float[16];
        private int count;

        void add(float score) {
            reserve(1);
            // Adding 0 makes a 0 of -0, which sorts before it though it is equal.
            values[count++] = score + 0f;
        }

        void addAll(Scores other) {
            reserve(other.count);
            System.arraycopy(other.values, 0, values, count, other.count);
            count += other.count;
        }

        private void reserve(int more) {
            long needed = (long) count + more;
            if (needed > values.length) {
                // HotSpot's arrays end a little below the greatest int.
                values = Arrays.copyOf(
                        values, Math.toIntExact(Math.max(needed, Math.min(2 * needed, Integer.MAX_VALUE - 8L))));
            }
        }

        float[] sorted() {
            float[] sorted = Arrays.copyOf(values, count);
            Arrays.sort(sorted);
            return sorted;
        }
    }
}
