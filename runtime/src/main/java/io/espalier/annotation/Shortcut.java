package io.espalier.annotation;

/** What the shortcut of a residual branch does. */
public enum Shortcut {
    /** The identity where the shapes agree, a learned projection where they differ. */
    AUTO,

    /** The identity: the shapes must agree. */
    IDENTITY,

    /** A learned projection: a dense map without a bias, because the branch has its own. */
    PROJECTION
}
