package io.espalier.annotation;

/** Whether a linear operation has a bias. */
public enum Bias {
    /** A bias, unless the next operation is a batch norm, which would remove it. */
    AUTO,

    /** A bias. */
    ON,

    /** No bias. */
    OFF
}
