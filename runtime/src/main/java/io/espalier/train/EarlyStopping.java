package io.espalier.train;

import io.espalier.model.NetworkDescription;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * When to end a training that no longer gets better. Immutable: each method returns another rule.
 *
 * <p>Every epoch is compared with the best so far, not with the one before. Training ends when {@code patience} epochs in
 * a row have failed to be better than the best by more than {@code minDelta}. The network is then given back the weights
 * (and running statistics) of its very best epoch, however small its lead; so it is when training reaches its last epoch
 * without having been ended.
 */
public final class EarlyStopping {
    private final Metric metric;
    private final int patience;
    private final double minDelta;

    private EarlyStopping(Metric metric, int patience, double minDelta) {
        this.metric = metric;
        this.patience = patience;
        this.minDelta = minDelta;
    }

    /**
     * Watches the validation loss.
     *
     * @param epochs how many epochs without an improvement end the training, at least 1
     * @return the rule, with a {@code minDelta} of 0
     * @throws IllegalArgumentException if it is less
     */
    public static EarlyStopping patience(int epochs) {
        if (epochs < 1) {
            throw new IllegalArgumentException("The patience is 1 or more epochs, but it is " + epochs);
        }
        return new EarlyStopping(Metric.VALIDATION_LOSS, epochs, 0);
    }

    /**
     * Counts only improvements of more than so much.
     *
     * @param improvement at least 0, in the unit of what is watched (accuracies are 0 to 1)
     * @return the rule
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public EarlyStopping minDelta(double improvement) {
        if (!(improvement >= 0 && Double.isFinite(improvement))) {
            throw new IllegalArgumentException("The smallest improvement is 0 or more, but minDelta is " + improvement);
        }
        return new EarlyStopping(metric, patience, improvement);
    }

    /**
     * Watches another number than the validation loss.
     *
     * @param watched one that a network of the trained one's loss has
     * @return the rule
     */
    public EarlyStopping on(Metric watched) {
        return new EarlyStopping(Objects.requireNonNull(watched, "watched"), patience, minDelta);
    }

    /** What is watched, the patience and the smallest improvement. */
    @Override
    public String toString() {
        return "early stopping on " + metric + ", patience " + patience + ", minDelta " + minDelta;
    }

    /**
     * Refuses what a network's training could not watch.
     *
     * @throws IllegalStateException saying which metrics it has
     */
    void requireFor(NetworkDescription network, boolean validated) {
        if (metric.needsValidation() && !validated) {
            throw new IllegalStateException("Early stopping watches the " + metric
                    + ", but there is no validation set; use fit(train, validation), or"
                    + " EarlyStopping.patience(…).on(Metric.TRAINING_LOSS)");
        }
        if (!metric.isOf(network.loss())) {
            throw new IllegalStateException("Early stopping watches the " + metric + ", which a network with the loss "
                    + network.loss() + " does not have; " + network.name() + " has "
                    + Arrays.stream(Metric.values())
                            .filter(each -> each.isOf(network.loss()))
                            .map(each -> "Metric." + each.name())
                            .collect(Collectors.joining(", ")));
        }
    }

    Metric metric() {
        return metric;
    }

    /** Whether evaluations must keep the scores of all examples. */
    boolean needsRanking() {
        return metric == Metric.ROC_AUC;
    }

    /**
     * The watched number of an epoch, signed so that less is better.
     *
     * @throws IllegalStateException if it is undefined, as the area under a ROC curve is with a single class
     */
    double cost(Epoch epoch) {
        double cost = metric.cost(epoch);
        if (Double.isNaN(cost)) {
            throw new IllegalStateException("Early stopping watches the " + metric + ", which is undefined in epoch "
                    + epoch.number() + ": the validation set has too few different examples for it");
        }
        return cost;
    }

    /** Starts to watch a training. */
    Watch watch() {
        return watch(Double.POSITIVE_INFINITY, 0);
    }

    /** Goes on watching a training where it was left. */
    Watch watch(double reference, int waited) {
        return new Watch(reference, waited);
    }

    /** Counts the epochs without an improvement. */
    final class Watch {
        private double reference;
        private int waited;

        private Watch(double reference, int waited) {
            this.reference = reference;
            this.waited = waited;
        }

        /** The cost that an epoch has to undercut. */
        double reference() {
            return reference;
        }

        /** How many epochs in a row have not. */
        int waited() {
            return waited;
        }

        boolean exhausted() {
            return waited >= patience;
        }

        /** Takes note of an epoch. */
        void take(double cost) {
            if (cost < reference - minDelta) {
                reference = cost;
                waited = 0;
            } else {
                waited++;
            }
        }
    }
}
