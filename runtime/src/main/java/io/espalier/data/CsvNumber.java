package io.espalier.data;

import java.util.regex.Pattern;

/** What counts as a number in a CSV file. */
final class CsvNumber {
    /** {@link Double#parseDouble} alone would also take {@code 1d}, {@code 0x1p3} and {@code Infinity}. */
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?");

    /** Far more than any number needs; keeps a forged cell from being parsed for long. */
    private static final int MAX_LENGTH = 400;

    private CsvNumber() {}

    /** Whether a cell is a decimal number that a float can hold. */
    static boolean isNumber(String cell) {
        return cell.length() <= MAX_LENGTH
                && NUMBER.matcher(cell).matches()
                && Math.abs(Double.parseDouble(cell)) <= Float.MAX_VALUE;
    }
}
