package io.espalier.processor.ir;

/** A number of the step: a formula over doubles that is evaluated once before a loop, and rounded to a float there. */
public sealed interface Scalar {
    /** A constant. */
    record Literal(double value) implements Scalar {}

    /** The probability that the sixteen bits of a rate realize. */
    record Realized(Rate rate) implements Scalar {}

    /** What kept values are multiplied with, {@code 1/(1 − realized)}: with it the expectation is exact. */
    record KeptScale(Rate rate) implements Scalar {}

    /** {@code left + right}. */
    record Plus(Scalar left, Scalar right) implements Scalar {}

    /** {@code left − right}. */
    record Minus(Scalar left, Scalar right) implements Scalar {}

    /** {@code left · right}. */
    record Times(Scalar left, Scalar right) implements Scalar {}

    /** {@code left / right}. */
    record Over(Scalar left, Scalar right) implements Scalar {}

    /** √of. */
    record Root(Scalar of) implements Scalar {}

    /** A constant. */
    static Scalar of(double value) {
        return new Literal(value);
    }

    /** {@code this + other}. */
    default Scalar plus(Scalar other) {
        return new Plus(this, other);
    }

    /** {@code this − other}. */
    default Scalar minus(Scalar other) {
        return new Minus(this, other);
    }

    /** {@code this · other}. */
    default Scalar times(Scalar other) {
        return new Times(this, other);
    }

    /** {@code this / other}. */
    default Scalar over(Scalar other) {
        return new Over(this, other);
    }
}
