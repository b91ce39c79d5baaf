package io.espalier.metric;

import java.util.Arrays;
import java.util.Objects;

/**
 * Gathers what a classifier answered, example by example, and turns it into {@link ClassificationScores}. Memory is a few
 * numbers per class, whatever the number of examples. Not thread-safe; gather apart and {@link #merge}.
 */
public final class Classification {
    private final long[] support;
    private final long[] predicted;
    private final long[] correct;
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
        support = new long[classes];
        predicted = new long[classes];
        correct = new long[classes];
    }

    /**
     * Adds an example.
     *
     * @param expected the right class, from 0
     * @param answer the class that the network prefers, from 0
     * @throws IndexOutOfBoundsException if a class is not in {@code 0 .. classes - 1}
     */
    public void add(int expected, int answer) {
        Objects.checkIndex(expected, support.length);
        Objects.checkIndex(answer, support.length);
        support[expected]++;
        predicted[answer]++;
        if (expected == answer) {
            correct[expected]++;
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
        if (other.support.length != support.length) {
            throw new IllegalArgumentException("Scores over " + other.support.length
                    + " classes cannot be merged into scores over " + support.length);
        }
        for (int c = 0; c < support.length; c++) {
            support[c] += other.support[c];
            predicted[c] += other.predicted[c];
            correct[c] += other.correct[c];
        }
        examples += other.examples;
    }

    /** Forgets all examples. */
    public void clear() {
        Arrays.fill(support, 0);
        Arrays.fill(predicted, 0);
        Arrays.fill(correct, 0);
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
        return new ClassificationScores(examples, support.clone(), predicted.clone(), correct.clone());
    }
}
