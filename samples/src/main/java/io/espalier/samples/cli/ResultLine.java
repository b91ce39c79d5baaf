package io.espalier.samples.cli;

import java.util.Locale;
import java.util.StringJoiner;

/** The last line that a sample prints, for programs: {@code result key=value …}. Decimal points whatever the locale. */
public final class ResultLine {
    private final StringJoiner line = new StringJoiner(" ", "result ", "");

    /**
     * Adds a whole number or a word.
     *
     * @param key small letters, digits and underscores
     * @param value without spaces
     * @return this line
     */
    public ResultLine add(String key, Object value) {
        line.add(key + "=" + value);
        return this;
    }

    /**
     * Adds a number.
     *
     * @param key small letters, digits and underscores
     * @param value any
     * @param decimals how many of it are given
     * @return this line
     */
    public ResultLine add(String key, double value, int decimals) {
        return add(key, String.format(Locale.ROOT, "%." + decimals + "f", value));
    }

    /** The line, without its end. */
    @Override
    public String toString() {
        return line.toString();
    }
}
