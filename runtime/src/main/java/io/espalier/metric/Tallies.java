package io.espalier.metric;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * For each class or label, how often it was right, how often it was answered and how often both. An accumulator counts in
 * one; scores keep a copy.
 */
final class Tallies {
    private final long[] support;
    private final long[] predicted;
    private final long[] correct;

    Tallies(int size) {
        this(new long[size], new long[size], new long[size]);
    }

    Tallies(long[] support, long[] predicted, long[] correct) {
        this.support = support;
        this.predicted = predicted;
        this.correct = correct;
    }

    /** As numbers, for {@link ScoreTexts}. */
    void write(NumberText text) {
        text.put(support).put(predicted).put(correct);
    }

    static Tallies read(NumberText text) {
        long[] support = text.counts();
        Tallies read = new Tallies(support, text.counts(), text.counts());
        if (read.predicted.length != support.length || read.correct.length != support.length || support.length == 0) {
            throw new IllegalArgumentException("the counts of classes have different lengths");
        }
        return read;
    }

    Tallies copy() {
        return new Tallies(support.clone(), predicted.clone(), correct.clone());
    }

    void expected(int c) {
        support[c]++;
    }

    void answered(int c) {
        predicted[c]++;
    }

    void both(int c) {
        correct[c]++;
    }

    void merge(Tallies other) {
        for (int c = 0; c < support.length; c++) {
            support[c] += other.support[c];
            predicted[c] += other.predicted[c];
            correct[c] += other.correct[c];
        }
    }

    void clear() {
        Arrays.fill(support, 0);
        Arrays.fill(predicted, 0);
        Arrays.fill(correct, 0);
    }

    int size() {
        return support.length;
    }

    long support(int c) {
        return support[c];
    }

    long predicted(int c) {
        return predicted[c];
    }

    long correct(int c) {
        return correct[c];
    }

    long allSupport() {
        return Arrays.stream(support).sum();
    }

    long allPredicted() {
        return Arrays.stream(predicted).sum();
    }

    long allCorrect() {
        return Arrays.stream(correct).sum();
    }

    double precision(int c) {
        return ratio(correct[c], predicted[c]);
    }

    double recall(int c) {
        return ratio(correct[c], support[c]);
    }

    double f1(int c) {
        return ratio(2 * correct[c], support[c] + predicted[c]);
    }

    /** Whether there is an example of it or an answer that named it. */
    boolean occurs(int c) {
        return support[c] + predicted[c] > 0;
    }

    /** The plain mean over what occurs, among the examples or the answers; 0 if nothing does. */
    double macro(IntToDoubleFunction score) {
        double sum = 0;
        int occurring = 0;
        for (int c = 0; c < support.length; c++) {
            if (occurs(c)) {
                sum += score.applyAsDouble(c);
                occurring++;
            }
        }
        return occurring == 0 ? 0 : sum / occurring;
    }

    static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
