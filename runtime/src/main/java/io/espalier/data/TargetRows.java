package io.espalier.data;

import java.util.Objects;

/** The check that all targets make that are rows of numbers. */
final class TargetRows {
    private TargetRows() {}

    /**
     * Returns the array if it holds whole rows.
     *
     * @param kind of the targets, at the start of a sentence and in the plural
     * @param column what one number of a row belongs to, in the singular
     * @param plural what the user's own call names the width of a row
     */
    static float[] require(float[] values, int width, String kind, String column, String plural) {
        Objects.requireNonNull(values, "values");
        if (width < 1) {
            throw new IllegalArgumentException(
                    kind + " need at least one " + column + ", but " + plural + " is " + width);
        }
        if (values.length == 0 || values.length % width != 0) {
            throw new IllegalArgumentException(kind + " are [rows][" + width + "], but the array's length "
                    + values.length + " is not a positive multiple of " + width);
        }
        return values;
    }
}
