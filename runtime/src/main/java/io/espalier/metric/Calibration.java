package io.espalier.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gathers how sure a network was of its answers and whether they were right, and turns it into a {@link Reliability}: a
 * calibrated network is right in 80 % of the cases in which it is 80 % sure. Memory is a few numbers per bin. Not
 * thread-safe; gather apart and {@link #merge}. The result does not depend on the order of adding and merging.
 */
public final class Calibration {
    /** The usual number of bins: Guo et al., "On calibration of modern neural networks", 2017. */
    public static final int DEFAULT_BINS = 15;

    /** Confidences are added up in whole units of this: exact in any order, for up to 2³³ examples. */
    private static final double UNIT = 0x1p-30;

    /** A softmax computed in float32 may exceed 1 by its rounding. */
    private static final double ROUNDING = 1e-5;

    private final long[] counts;
    private final long[] right;
    private final long[] confidences;

    /** An accumulator without examples, of {@value #DEFAULT_BINS} bins. */
    public Calibration() {
        this(DEFAULT_BINS);
    }

    /**
     * An accumulator without examples.
     *
     * @param bins into how many bins of equal width 0 to 1 is divided, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public Calibration(int bins) {
        if (bins < 1) {
            throw new IllegalArgumentException("A calibration needs at least one bin, but bins is " + bins);
        }
        counts = new long[bins];
        right = new long[bins];
        confidences = new long[bins];
    }

    /**
     * Adds an answer.
     *
     * @param confidence the probability that the network gave its answer, 0 to 1: of a classifier the greatest one, of a
     *     label that of its presence
     * @param correct whether the answer was right; of a label, whether it was present
     * @throws IllegalArgumentException if the confidence is no probability
     */
    public void add(double confidence, boolean correct) {
        if (!(confidence >= 0 && confidence <= 1 + ROUNDING)) {
            throw new IllegalArgumentException("A confidence is a probability from 0 to 1, but it is " + confidence);
        }
        double probability = Math.min(confidence, 1);
        int bin = bin(probability);
        counts[bin]++;
        confidences[bin] += Math.round(probability / UNIT);
        if (correct) {
            right[bin]++;
        }
    }

    /** Bin i holds what is greater than i / bins and at most (i + 1) / bins, as in Guo et al.; the first one 0, too. */
    private int bin(double probability) {
        int bin = Math.clamp((long) Math.ceil(probability * counts.length) - 1, 0, counts.length - 1);
        // The product's rounding must not put a probability beyond the ends that the bin states.
        if (bin > 0 && probability <= edge(bin)) {
            return bin - 1;
        }
        return bin < counts.length - 1 && probability > edge(bin + 1) ? bin + 1 : bin;
    }

    private double edge(int bin) {
        return (double) bin / counts.length;
    }

    /**
     * Adds all that another accumulator has gathered.
     *
     * @param other of the same number of bins; left as it is
     * @throws IllegalArgumentException if the numbers of bins differ
     */
    public void merge(Calibration other) {
        if (other.counts.length != counts.length) {
            throw new IllegalArgumentException(
                    "A calibration of " + other.counts.length + " bins cannot be merged into one of " + counts.length);
        }
        for (int bin = 0; bin < counts.length; bin++) {
            counts[bin] += other.counts[bin];
            right[bin] += other.right[bin];
            confidences[bin] += other.confidences[bin];
        }
    }

    /** Forgets all answers. */
    public void clear() {
        Arrays.fill(counts, 0);
        Arrays.fill(right, 0);
        Arrays.fill(confidences, 0);
    }

    /**
     * The reliability of the answers so far.
     *
     * @return a snapshot that later answers do not change
     * @throws IllegalStateException if there is no answer yet
     */
    public Reliability reliability() {
        if (Arrays.stream(counts).sum() == 0) {
            throw new IllegalStateException("There is no reliability without an answer; add(…) some first");
        }
        List<ReliabilityBin> bins = new ArrayList<>();
        for (int bin = 0; bin < counts.length; bin++) {
            double count = Math.max(counts[bin], 1);
            bins.add(new ReliabilityBin(
                    edge(bin), edge(bin + 1), counts[bin], confidences[bin] * UNIT / count, right[bin] / count));
        }
        return new Reliability(bins);
    }
}
