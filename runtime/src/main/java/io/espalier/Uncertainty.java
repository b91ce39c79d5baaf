package io.espalier;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a network predicts for an example, and how sure it is, from predictions with noise ({@link MonteCarlo}). For a
 * classifier, what is averaged are probabilities; for a regression, the values themselves.
 *
 * <p>The predictive entropy is that of the mean: all that is uncertain. The mutual information between the answer and the
 * weights is what the samples disagree about: high where the network has not learnt, low where the answer itself is left to
 * chance (Houlsby et al., "Bayesian active learning by disagreement", 2011; Gal, 2016).
 */
public final class Uncertainty {
    /** What the outputs are. */
    enum Kind {
        CLASSES,
        LABELS,
        VALUES;

        static Kind of(String loss) {
            return switch (loss) {
                case "CROSS_ENTROPY" -> CLASSES;
                case "BINARY_CROSS_ENTROPY" -> LABELS;
                case "MEAN_SQUARED_ERROR" -> VALUES;
                default -> throw new IllegalArgumentException("Unknown loss " + loss);
            };
        }
    }

    private final Kind kind;
    private final float[] mean;
    private final float[] standardDeviation;
    private final double predictiveEntropy;
    private final double mutualInformation;

    private Uncertainty(
            Kind kind, float[] mean, float[] standardDeviation, double predictiveEntropy, double mutualInformation) {
        this.kind = kind;
        this.mean = mean;
        this.standardDeviation = standardDeviation;
        this.predictiveEntropy = predictiveEntropy;
        this.mutualInformation = mutualInformation;
    }

    /**
     * The mean of the samples.
     *
     * @return probabilities of the classes or labels, or values; a copy
     */
    public float[] mean() {
        return mean.clone();
    }

    /**
     * The standard deviation of the samples, with n − 1 in the denominator.
     *
     * @return one for each output, in its unit; a copy
     */
    public float[] standardDeviation() {
        return standardDeviation.clone();
    }

    /**
     * The entropy of the mean probabilities: −Σ p·ln p over the classes; for independent labels the sum of their entropies.
     *
     * @return 0 where the network is sure, at most ln K for K classes; in nats
     * @throws IllegalStateException if the network predicts values, which have no probabilities
     */
    public double predictiveEntropy() {
        requireProbabilities();
        return predictiveEntropy;
    }

    /**
     * The entropy of the mean less the mean of the samples' entropies: how much the samples disagree.
     *
     * @return 0 to {@link #predictiveEntropy()}; in nats
     * @throws IllegalStateException if the network predicts values, which have no probabilities
     */
    public double mutualInformation() {
        requireProbabilities();
        return mutualInformation;
    }

    /**
     * The likeliest class by the mean.
     *
     * @return the class's index, the first of equals
     * @throws IllegalStateException if the network does not tell classes apart
     */
    public int likeliest() {
        if (kind != Kind.CLASSES) {
            throw new IllegalStateException("Only a network with the loss CROSS_ENTROPY has a likeliest class");
        }
        int best = 0;
        for (int i = 1; i < mean.length; i++) {
            if (mean[i] > mean[best]) {
                best = i;
            }
        }
        return best;
    }

    private void requireProbabilities() {
        if (kind == Kind.VALUES) {
            throw new IllegalStateException(
                    "A network with the loss MEAN_SQUARED_ERROR predicts values, not probabilities, and these have no"
                            + " entropy; use standardDeviation()");
        }
    }

    /** Mean and standard deviation, and the two entropies if there are probabilities. */
    @Override
    public String toString() {
        String values = "mean " + Arrays.toString(mean) + ", standard deviation " + Arrays.toString(standardDeviation);
        return kind == Kind.VALUES
                ? values
                : String.format(
                        Locale.ROOT,
                        "%s, predictive entropy %.4f, mutual information %.4f",
                        values,
                        predictiveEntropy,
                        mutualInformation);
    }

    /** Adds samples up, by Welford's method, so that a small deviation beside a large mean is not lost. */
    static final class Gathering {
        private final Kind kind;
        private final double[] mean;
        private final double[] squares;
        private double entropies;
        private int samples;

        Gathering(Kind kind, int outputs) {
            this.kind = kind;
            this.mean = new double[outputs];
            this.squares = new double[outputs];
        }

        /** Adds a sample: probabilities of classes, logits of labels, or values. */
        void add(float[] answers, int from) {
            samples++;
            double entropy = 0;
            for (int i = 0; i < mean.length; i++) {
                double answer = answers[from + i];
                if (kind == Kind.LABELS) {
                    answer = 1 / (1 + Math.exp(-answer));
                }
                double before = answer - mean[i];
                mean[i] += before / samples;
                squares[i] += before * (answer - mean[i]);
                entropy += entropy(answer);
            }
            entropies += entropy;
        }

        private double entropy(double p) {
            return switch (kind) {
                case CLASSES -> surprise(p);
                case LABELS -> surprise(p) + surprise(1 - p);
                case VALUES -> 0;
            };
        }

        private static double surprise(double p) {
            return p > 0 ? -p * Math.log(p) : 0;
        }

        Uncertainty result() {
            float[] means = new float[mean.length];
            float[] deviations = new float[mean.length];
            double total = 0;
            for (int i = 0; i < means.length; i++) {
                means[i] = (float) mean[i];
                deviations[i] = (float) Math.sqrt(squares[i] / (samples - 1));
                total += entropy(mean[i]);
            }
            // Rounding can make the difference of equals a little less than 0.
            return new Uncertainty(kind, means, deviations, total, Math.max(0, total - entropies / samples));
        }
    }
}
