package io.espalier.train;

/** A number that tells how good an epoch was, for early stopping to watch. All but one are of the validation set. */
public enum Metric {
    /** The plain loss on the validation set: less is better. */
    VALIDATION_LOSS("validation loss", false),

    /** What training minimizes, as it goes: needs no validation set, and tells nothing about over-fitting. */
    TRAINING_LOSS("training loss", false),

    /** The share of examples whose answer was right. */
    ACCURACY("validation accuracy", true),

    /** The mean recall over the classes: does not let a frequent class hide a rare one. */
    BALANCED_ACCURACY("balanced accuracy", true),

    /** The plain mean of the F1 scores of the classes or labels. */
    MACRO_F1("macro F1", true),

    /** The area under the ROC curve, the plain mean over classes or labels; keeps a score of every validation example. */
    ROC_AUC("ROC AUC", true),

    /** The expected calibration error: less is better. */
    CALIBRATION_ERROR("calibration error", false),

    /** The share of the values' variance that is explained, the mean over outputs. */
    R2("R²", true),

    /** The mean absolute error, over examples and outputs: less is better. */
    MEAN_ABSOLUTE_ERROR("mean absolute error", false);

    private final String words;
    private final boolean greaterIsBetter;

    Metric(String words, boolean greaterIsBetter) {
        this.words = words;
        this.greaterIsBetter = greaterIsBetter;
    }

    /** Whether a network that minimizes a loss has the metric. */
    boolean isOf(String loss) {
        return switch (this) {
            case VALIDATION_LOSS, TRAINING_LOSS -> true;
            case ACCURACY, BALANCED_ACCURACY -> loss.equals("CROSS_ENTROPY");
            case MACRO_F1, ROC_AUC, CALIBRATION_ERROR -> !loss.equals("MEAN_SQUARED_ERROR");
            case R2, MEAN_ABSOLUTE_ERROR -> loss.equals("MEAN_SQUARED_ERROR");
        };
    }

    boolean needsValidation() {
        return this != TRAINING_LOSS;
    }

    /** The number of an epoch, signed so that less is better. */
    double cost(Epoch epoch) {
        double value = value(epoch);
        return greaterIsBetter ? -value : value;
    }

    /** The number of an epoch. */
    double value(Epoch epoch) {
        if (this == TRAINING_LOSS) {
            return epoch.trainingLoss();
        }
        Evaluation validation = epoch.validation();
        if (validation == null) {
            throw new IllegalStateException(
                    "Epoch " + epoch.number() + " has no validation to take the " + words + " from");
        }
        return switch (this) {
            case VALIDATION_LOSS -> validation.loss();
            case ACCURACY -> validation.accuracy();
            case BALANCED_ACCURACY -> validation.balancedAccuracy();
            case MACRO_F1 -> validation.macroF1();
            case ROC_AUC -> validation.rocAuc();
            case CALIBRATION_ERROR -> validation.calibrationError();
            case R2 -> validation.r2();
            case MEAN_ABSOLUTE_ERROR -> validation.meanAbsoluteError();
            case TRAINING_LOSS -> throw new IllegalStateException("not of the validation set");
        };
    }

    /** In words, as messages name it. */
    @Override
    public String toString() {
        return words;
    }
}
