package io.espalier.train;

/**
 * Follows a training, on the thread that trains. What a listener throws ends the training and comes out of
 * {@link Trainer#fit}. A lambda gets the epochs.
 */
@FunctionalInterface
public interface TrainingListener {

    /**
     * An epoch has been trained and evaluated. The network may be saved here.
     *
     * @param epoch what came of it
     */
    void epochFinished(Epoch epoch);

    /**
     * Training is about to begin.
     *
     * @param epochs the number of epochs it is to take
     * @param stepsPerEpoch the number of steps in each
     */
    default void trainingStarted(int epochs, int stepsPerEpoch) {}

    /**
     * Training goes on where a checkpoint was written.
     *
     * @param from the checkpoint
     */
    default void trainingResumed(CheckpointPlace from) {}

    /**
     * Early stopping is going to watch a number; told before the training starts.
     *
     * @param metric what is watched
     */
    default void watching(Metric metric) {}

    /**
     * A step has been taken. Called very often; should do little and allocate nothing.
     *
     * @param epoch the epoch, from 1
     * @param step the step in the epoch, from 1
     * @param meanLoss the mean training loss of the epoch so far
     */
    default void stepFinished(int epoch, int step, double meanLoss) {}

    /**
     * Training has ended as it should; the network has the weights it will keep.
     *
     * @param history what came of it
     */
    default void trainingFinished(History history) {}

    /**
     * Training has been ended by an exception or an error, which {@link Trainer#fit} will throw.
     *
     * @param cause what ended it
     */
    default void trainingFailed(Throwable cause) {}
}
