package io.espalier.model;

/** What a parameter is for; decides whether an optimizer touches it and whether weight decay may. */
public enum ParameterRole {
    /** Multiplies an activation: a dense matrix, a filter. */
    WEIGHT,
    /** Is added to an activation. */
    BIAS,
    /** The learned factor of a normalization, often called gamma. */
    NORM_SCALE,
    /** The learned offset of a normalization, often called beta. */
    NORM_SHIFT,
    /** Batch normalization's estimate of the mean: moved by forward passes, never by a gradient. */
    RUNNING_MEAN,
    /** Batch normalization's estimate of the variance, never negative: moved by forward passes, never by a gradient. */
    RUNNING_VARIANCE;

    /**
     * Whether an optimizer moves parameters of this role.
     *
     * @return false for the running statistics, which have no gradient
     */
    public boolean trainable() {
        return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
    }
}
