package io.espalier.train;

import org.jspecify.annotations.Nullable;

/**
 * When to end a training that no longer gets better. Immutable: each method returns another rule.
 *
 * <p>Every epoch is compared with the best so far, not with the one before. Training ends when {@code patience} epochs in
 * a row have failed to be better than the best by more than {@code minDelta}. The network is then given back the weights
 * (and running statistics) of its very best epoch, however small its lead; so it is when training reaches its last epoch
 * without having been ended.
 */
public final class EarlyStopping {
    /** The number that is watched. */
    private enum Measure {
        VALIDATION_LOSS("validation loss"),
        VALIDATION_ACCURACY("validation accuracy"),
        TRAINING_LOSS("training loss");

        private final String words;

        Measure(String words) {
            this.words = words;
        }
    }

    private final Measure measure;
    private final int patience;
    private final double minDelta;

    private EarlyStopping(Measure measure, int patience, double minDelta) {
        this.measure = measure;
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
        return new EarlyStopping(Measure.VALIDATION_LOSS, epochs, 0);
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
        return new EarlyStopping(measure, patience, improvement);
    }

    /**
     * Watches the accuracy on the validation set instead of the loss there.
     *
     * @return the rule
     */
    public EarlyStopping onValidationAccuracy() {
        return new EarlyStopping(Measure.VALIDATION_ACCURACY, patience, minDelta);
    }

    /**
     * Watches the loss that training minimizes; needs no validation set, and tells nothing about over-fitting.
     *
     * @return the rule
     */
    public EarlyStopping onTrainingLoss() {
        return new EarlyStopping(Measure.TRAINING_LOSS, patience, minDelta);
    }

    /** What is watched, the patience and the smallest improvement. */
    @Override
    public String toString() {
        return "early stopping on " + measure.words + ", patience " + patience + ", minDelta " + minDelta;
    }

    boolean needsValidation() {
        return measure != Measure.TRAINING_LOSS;
    }

    String measured() {
        return measure.words;
    }

    /** The watched number of an epoch, signed so that less is better. */
    double cost(Epoch epoch) {
        return switch (measure) {
            case VALIDATION_LOSS -> validation(epoch).loss();
            case VALIDATION_ACCURACY -> -validation(epoch).accuracy();
            case TRAINING_LOSS -> epoch.trainingLoss();
        };
    }

    private Evaluation validation(Epoch epoch) {
        @Nullable Evaluation validation = epoch.validation();
        if (validation == null) {
            throw new IllegalStateException(
                    "Epoch " + epoch.number() + " has no validation to take the " + measure.words + " from");
        }
        return validation;
    }

    /** Starts to watch a training. */
    Watch watch() {
        return new Watch();
    }

    /** Counts the epochs without an improvement. */
    final class Watch {
        private double reference = Double.POSITIVE_INFINITY;
        private int waited;

        /** Takes note of an epoch; true if training is to end after it. */
        boolean exhausted(double cost) {
            if (cost < reference - minDelta) {
                reference = cost;
                waited = 0;
            } else {
                waited++;
            }
            return waited >= patience;
        }
    }
}
