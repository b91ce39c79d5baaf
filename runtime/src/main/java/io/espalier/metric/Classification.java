package io.espalier.metric;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Gathers what a classifier answered, example by example, and turns it into {@link ClassificationScores}. Memory is a few
 * numbers per class and one per pair of classes that was confused, whatever the number of examples. Not thread-safe;
 * gather apart and {@link #merge}.
 */
public final class Classification {
    private final Tallies tallies;
    private final Map<Long, Long> confused = new HashMap<>();
    private long examples;

    /**
     * An accumulator without examples.
     *
     * @param classes the number of classes, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public Classification(int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("Scores need at least one class, but classes is " + classes);
        }
        tallies = new Tallies(classes);
    }

    /**
     * Adds an example.
     *
     * @param expected the right class, from 0
     * @param answer the class that the network prefers, from 0
     * @throws IndexOutOfBoundsException if a class is not in {@code 0 .. classes - 1}
     */
    public void add(int expected, int answer) {
        Objects.checkIndex(expected, tallies.size());
        Objects.checkIndex(answer, tallies.size());
        tallies.expected(expected);
        tallies.answered(answer);
        if (expected == answer) {
            tallies.both(expected);
        } else {
            confused.merge(ConfusionMatrix.key(expected, answer), 1L, Long::sum);
        }
        examples++;
    }

    /**
     * Adds all that another accumulator has gathered.
     *
     * @param other of the same number of classes; left as it is
     * @throws IllegalArgumentException if the numbers of classes differ
     */
    public void merge(Classification other) {
        if (other.tallies.size() != tallies.size()) {
            throw new IllegalArgumentException("Scores over " + other.tallies.size()
                    + " classes cannot be merged into scores over " + tallies.size());
        }
        tallies.merge(other.tallies);
        other.confused.forEach((pair, count) -> confused.merge(pair, count, Long::sum));
        examples += other.examples;
    }

    /** Forgets all examples. */
    public void clear() {
        tallies.clear();
        confused.clear();
        examples = 0;
    }

    /**
     * The scores of the examples so far.
     *
     * @return a snapshot that later examples do not change
     * @throws IllegalStateException if there is no example yet
     */
    public ClassificationScores scores() {
        if (examples == 0) {
            throw new IllegalStateException("There are no scores without an example; add(…) some first");
        }
        Tallies copy = tallies.copy();
        return new ClassificationScores(examples, copy, new ConfusionMatrix(copy, Map.copyOf(confused)));
    }
}
