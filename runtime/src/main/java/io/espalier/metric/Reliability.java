package io.espalier.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a network is as often right as it is sure: the reliability diagram's bins and what is measured on them.
 *
 * @param bins of equal width, from 0 to 1, empty ones included; at least one is not
 */
public record Reliability(List<ReliabilityBin> bins) {
    private static final int BAR = 20;

    /**
     * Keeps a copy.
     *
     * @param bins as above
     * @throws IllegalArgumentException if no bin has an answer
     */
    public Reliability {
        bins = List.copyOf(bins);
        if (bins.stream().noneMatch(bin -> bin.count() > 0)) {
            throw new IllegalArgumentException("A reliability needs at least one answer, but all bins are empty");
        }
    }

    void write(NumberText text) {
        text.put(bins.size());
        for (ReliabilityBin bin : bins) {
            text.put(bin.from())
                    .put(bin.to())
                    .put(bin.count())
                    .put(bin.confidence())
                    .put(bin.accuracy());
        }
    }

    static Reliability read(NumberText text) {
        List<ReliabilityBin> bins = new ArrayList<>();
        for (long left = text.count(); left > 0; left--) {
            bins.add(new ReliabilityBin(text.number(), text.number(), text.count(), text.number(), text.number()));
        }
        return new Reliability(bins);
    }

    /**
     * The number of answers.
     *
     * @return at least 1
     */
    public long examples() {
        return bins.stream().mapToLong(ReliabilityBin::count).sum();
    }

    /**
     * The expected calibration error Σ (count / examples)·|accuracy − confidence| over the bins: Naeini, Cooper and
     * Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015; Guo et al., "On calibration of
     * modern neural networks", 2017.
     *
     * @return 0 to 1
     */
    public double expectedCalibrationError() {
        double sum = 0;
        for (ReliabilityBin bin : bins) {
            sum += bin.count() * Math.abs(bin.gap());
        }
        return sum / examples();
    }

    /**
     * The maximum calibration error, the greatest |accuracy − confidence| of a bin that has answers (same papers).
     *
     * @return 0 to 1
     */
    public double maximumCalibrationError() {
        return bins.stream()
                .filter(bin -> bin.count() > 0)
                .mapToDouble(bin -> Math.abs(bin.gap()))
                .max()
                .orElseThrow();
    }

    /**
     * The diagram as text, a line for each bin that has answers. The bar's length is the accuracy, {@code |} marks the mean
     * confidence: a bar that ends before the mark was too sure.
     *
     * @return lines that end in {@code \n}, numbers with a decimal point whatever the locale
     */
    public String table() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT, "%-13s  %9s  %10s  %9s  %9s\n", "confidence", "answers", "mean", "accuracy", "gap"));
        for (ReliabilityBin bin : bins) {
            if (bin.count() > 0) {
                table.append(String.format(
                        Locale.ROOT,
                        "%.3f - %.3f  %9d  %8.2f %%  %7.2f %%  %+7.2f %%  %s\n",
                        bin.from(),
                        bin.to(),
                        bin.count(),
                        100 * bin.confidence(),
                        100 * bin.accuracy(),
                        100 * bin.gap(),
                        bar(bin)));
            }
        }
        return table.append(this).append('\n').toString();
    }

    private static String bar(ReliabilityBin bin) {
        int accuracy = (int) Math.round(bin.accuracy() * BAR);
        int confidence = (int) Math.round(bin.confidence() * BAR);
        StringBuilder bar = new StringBuilder("#".repeat(accuracy) + " ".repeat(BAR + 1 - accuracy));
        bar.setCharAt(confidence, '|');
        return bar.toString().stripTrailing();
    }

    /** The two errors, in one line. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "expected calibration error %.2f %%, maximum %.2f %%",
                100 * expectedCalibrationError(),
                100 * maximumCalibrationError());
    }
}
