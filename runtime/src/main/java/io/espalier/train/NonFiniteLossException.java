package io.espalier.train;

/** A loss, or a weight, was infinite or not a number. The network has the weights of the last good epoch again. */
public final class NonFiniteLossException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** From 1. */
    private final int epoch;

    /** From 1. */
    private final int step;

    /** From 1, or 0 for the weights from before the training. */
    private final int restoredEpoch;

    NonFiniteLossException(String message, int epoch, int step, int restoredEpoch) {
        super(message);
        this.epoch = epoch;
        this.step = step;
        this.restoredEpoch = restoredEpoch;
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
