package io.espalier.processor.operation;

/** What values an attribute may have. Numbers with a point are used as 32-bit floats, as which they are judged. */
public enum Range {
    /** Positive numbers. */
    ABOVE_ZERO("must be above 0 and finite"),
    /** Positive numbers and 0. */
    ZERO_OR_MORE("must be 0 or more and finite"),
    /** [0, 1). */
    BELOW_ONE("must be in [0, 1)"),
    /** (0, 1]. */
    UP_TO_ONE("must be in (0, 1]"),
    /** [0, 1) as the draws of a mask tell probabilities apart ({@link Rates#isRate}). */
    PROBABILITY("must be in [0, 1)"),
    /** How many there are of something, 0 where that is not known. */
    COUNT("must be 0 or more"),
    /** A number of units or a constant of {@link Width}; shapes follow from it, and the operation's shape rule judges it. */
    WIDTH("must be at least 1"),
    /** No number, or one that is judged in a way of its own. */
    OPEN("may be anything");

    private final String text;

    Range(String text) {
        this.text = text;
    }

    /**
     * The range in words.
     *
     * @return what a value {@code must be}
     */
    public String text() {
        return text;
    }

    /**
     * Whether a number lies in the range.
     *
     * @param value the number as it is written
     * @return whether it does; true where somebody else judges it
     */
    public boolean contains(double value) {
        float used = (float) value;
        return switch (this) {
            case ABOVE_ZERO -> used > 0 && Float.isFinite(used);
            case ZERO_OR_MORE -> used >= 0 && Float.isFinite(used);
            case BELOW_ONE -> used >= 0 && used < 1;
            case UP_TO_ONE -> used > 0 && used <= 1;
            case PROBABILITY -> Rates.isRate(value);
            case COUNT -> value >= 0;
            case WIDTH, OPEN -> true;
        };
    }
}
