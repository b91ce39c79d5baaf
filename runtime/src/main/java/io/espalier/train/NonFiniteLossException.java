package io.espalier.train;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A loss, a gradient or a weight was infinite or not a number. The network has the weights of the last good epoch again. */
public final class NonFiniteLossException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** From 1. */
    private final int epoch;

    /** From 1. */
    private final int step;

    /** From 1, or 0 for the weights from before the training. */
    private final int restoredEpoch;

    /** From 1, over the whole training. */
    private final long globalStep;

    /** Empty if it was the data. */
    private final String stage;

    private final transient @Nullable CheckpointPlace checkpoint;

    NonFiniteLossException(
            String message,
            int epoch,
            int step,
            long globalStep,
            String stage,
            int restoredEpoch,
            @Nullable CheckpointPlace checkpoint) {
        super(message);
        this.epoch = epoch;
        this.step = step;
        this.globalStep = globalStep;
        this.stage = stage;
        this.restoredEpoch = restoredEpoch;
        this.checkpoint = checkpoint;
    }

    /**
     * The step in which it happened, counted over the whole training.
     *
     * @return from 1
     */
    public long globalStep() {
        return globalStep;
    }

    /**
     * The stage whose values, gradient or parameters were first not finite.
     *
     * @return its name, with those of the stages that enclose it; empty if the data were at fault
     */
    public Optional<String> stage() {
        return stage.isEmpty() ? Optional.empty() : Optional.of(stage);
    }

    /**
     * The last good checkpoint.
     *
     * @return empty if the training wrote none
     */
    public Optional<CheckpointPlace> checkpoint() {
        return Optional.ofNullable(checkpoint);
    }

    /**
     * The epoch in which it happened.
     *
     * @return from 1
     */
    public int epoch() {
        return epoch;
    }

    /**
     * The step of the epoch in which it happened; the epoch's last if it was found at the end of the epoch.
     *
     * @return from 1
     */
    public int step() {
        return step;
    }

    /**
     * The epoch whose weights the network was given back: the best if there is early stopping, else the last that ended
     * well.
     *
     * @return from 1, or 0 for the weights from before the training
     */
    public int restoredEpoch() {
        return restoredEpoch;
    }
}
