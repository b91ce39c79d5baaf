package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;

/** Formulas that several operations have in common. */
final class Formulas {
    /** Below it, and above its negation for e^−x, the exponential leaves the normal floats. */
    static final float EXP_LOWEST = -87.33f;

    /** Above it the exponential overflows. */
    static final float EXP_HIGHEST = 88.72f;

    private Formulas() {}

    /** A value within a range, from an expression that is cheap to compute. */
    static Expression clamped(Expression x, float low, float high) {
        return x.whereGreater(high, Expression.of(high), x.whereLess(low, Expression.of(low), x));
    }
}
