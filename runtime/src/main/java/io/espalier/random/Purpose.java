package io.espalier.random;

/**
 * What random numbers are drawn for: the last word of every counter, so that two uses of one seed never share a block.
 *
 * <p>The values are part of what makes a run reproducible; they never change.
 */
public final class Purpose {

    /** Masks of the dropout family: step and stream of the stage are the other words. */
    public static final int MASK = 1;

    /** Initial values of parameters. */
    public static final int INITIALIZE = 2;

    /** The order in which an epoch visits its examples. */
    public static final int SHUFFLE = 3;

    /** The division of a data set into parts. */
    public static final int SPLIT = 4;

    /** The seeds of Monte-Carlo samples' masks. */
    public static final int MONTE_CARLO = 5;

    /** Values of normal distributions: step and stream of the stage are the other words. */
    public static final int NORMAL = 6;

    private Purpose() {}
}
