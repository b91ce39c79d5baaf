package io.espalier.annotation;

/** Which parameters weight decay leaves out, decided by their role. */
public enum Exclude {
    /** Biases and the scales and shifts of norms. */
    BIAS_NORM,

    /** Nothing: everything decays. */
    NONE,

    /** Biases. */
    BIAS,

    /** The scales and shifts of norms. */
    NORM,

    /** Biases, the scales and shifts of norms, and embeddings; where a network has no embeddings the same as {@link #BIAS_NORM}. */
    BIAS_NORM_EMBEDDING
}
