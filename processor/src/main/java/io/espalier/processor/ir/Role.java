package io.espalier.processor.ir;

/** What a parameter is to its operation; decay, clipping and initialization go by it. The runtime has the same names. */
public enum Role {
    /** Weight of a linear operation or of a shortcut. */
    WEIGHT,
    /** Bias of a linear operation. */
    BIAS,
    /** Scale of a norm. */
    NORM_SCALE,
    /** Shift of a norm. */
    NORM_SHIFT,
    /** Running estimate of a feature's mean. */
    RUNNING_MEAN,
    /** Running estimate of a feature's variance. */
    RUNNING_VARIANCE;

    /**
     * Whether gradients and the optimizer reach it.
     *
     * @return false for running estimates
     */
    public boolean trainable() {
        return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
    }
}
