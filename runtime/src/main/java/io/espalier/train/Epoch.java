package io.espalier.train;

import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What came of one epoch.
 *
 * @param number from 1
 * @param learningRate of the epoch's last step
 * @param trainingLoss the mean of what training minimized (smoothed if so asked, with dropout, without penalties) over
 *     the epoch's examples, each seen with the weights of its own step; do not compare it with an evaluation
 * @param training the evaluation of the training set after the epoch, if {@link Trainer#evaluateTraining} asked for it
 * @param validation the evaluation of the validation set after the epoch, if there is one
 * @param seconds what the training steps took
 * @param evaluationSeconds what the evaluations took
 */
public record Epoch(
        int number,
        float learningRate,
        double trainingLoss,
        @Nullable Evaluation training,
        @Nullable Evaluation validation,
        double seconds,
        double evaluationSeconds) {

    /**
     * How much worse the network does on what it has not seen: the loss on the validation set less that on the training
     * set, both plain evaluations with the same weights.
     *
     * @return the gap, or empty unless both were evaluated
     */
    public OptionalDouble gap() {
        return training == null || validation == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(validation.loss() - training.loss());
    }

    /** The number, the loss and the evaluations, for people. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "epoch %d: loss %.4f", number, trainingLoss)
                + (training == null ? "" : "; training: " + training)
                + (validation == null ? "" : "; validation: " + validation);
    }
}
