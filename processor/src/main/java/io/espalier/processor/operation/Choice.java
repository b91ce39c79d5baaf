package io.espalier.processor.operation;

/**
 * A value that can be chosen for an attribute: one that is usual, or a constant. Findings propose it, editors offer it.
 *
 * @param text the value as it is written in Java
 * @param purpose what it means, or what it is usual for and who says so
 */
public record Choice(String text, String purpose) {
    private static final String DEFAULT = "the default";

    /**
     * The value of an element that is not written.
     *
     * @param text the value as it is written in Java
     * @return a choice that says so
     */
    public static Choice byDefault(String text) {
        return new Choice(text, DEFAULT);
    }

    /**
     * The value of an element that is not written.
     *
     * @param text the value as it is written in Java
     * @param purpose what it is usual for and who says so, with the space or mark that comes before it
     * @return a choice that says so
     */
    public static Choice byDefault(String text, String purpose) {
        return new Choice(text, DEFAULT + purpose);
    }
}
