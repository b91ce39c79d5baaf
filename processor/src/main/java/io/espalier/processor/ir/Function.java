package io.espalier.processor.ir;

/**
 * Functions of one argument that are no arithmetic: code is emitted for them from polynomials, each within a stated error on a
 * stated range. What lies outside it must be clamped first.
 */
public enum Function {
    /** |x|. */
    ABS,
    /** e^x on [−87.33, 88.72]. */
    EXP,
    /** e^−x on [−88.72, 87.33]. */
    EXP_NEGATED,
    /** e^x − 1 on [−18.04, 18.04], which loses nothing near 0. */
    EXP_MINUS_ONE,
    /** Φ(x) − 1/2 on [0, 5.4], Φ the distribution function of the standard normal distribution. */
    NORMAL_HALF,
    /** (Φ(x) + x·φ(x) − 1/2)/x on [−5.9, 5.9], φ the density of the standard normal distribution. */
    NORMAL_SLOPE
}
