package io.espalier.annotation;

/** How a rate runs over the depth of a network. */
public enum Schedule {
    /** From 0 at the first residual branch to the rate at the last: {@code rate·i/(n − 1)}. */
    LINEAR,

    /** The same everywhere. */
    CONSTANT
}
