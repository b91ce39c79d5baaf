package io.espalier.annotation;

/** Widths relative to what comes in, so that one block serves at many widths. */
public final class Width {
    /** As many features as come in. */
    public static final int SAME = -1;

    /** As many features as entered the innermost residual branch. */
    public static final int BRANCH = -2;

    private Width() {}
}
