package io.espalier.data;

import java.util.Objects;

/** Rows of numbers that somebody else holds: one behind the other in one array, or in an array each. */
sealed interface FloatRows {

    /** The number of rows. */
    int count();

    /** The numbers of a row. */
    int width();

    /** Copies a row. */
    void copy(int row, float[] into, int at);

    /** One of the numbers of a row. */
    float get(int row, int column);

    /** Rows in one array, whose length is the product of the two numbers. */
    @SuppressWarnings("ArrayRecordComponent") // the caller's arrays, never compared
    record Flat(float[] values, int count, int width) implements FloatRows {
        @Override
        public void copy(int row, float[] into, int at) {
            System.arraycopy(values, row * width, into, at, width);
        }

        @Override
        public float get(int row, int column) {
            return values[row * width + column];
        }
    }

    /** Rows in arrays of their own, all of the same length. */
    @SuppressWarnings("ArrayRecordComponent") // the caller's arrays, never compared
    record Separate(float[][] values, int width) implements FloatRows {
        @Override
        public int count() {
            return values.length;
        }

        @Override
        public void copy(int row, float[] into, int at) {
            System.arraycopy(values[row], 0, into, at, width);
        }

        @Override
        public float get(int row, int column) {
            return values[row][column];
        }
    }

    /**
     * The inputs of some examples in one array.
     *
     * @param examples how many there are targets for, at least 1
     * @param targets what there is one of for each example, in the plural
     */
    static FloatRows inputs(float[] inputs, int examples, String targets) {
        Objects.requireNonNull(inputs, "inputs");
        if (inputs.length == 0 || inputs.length % examples != 0) {
            throw new IllegalArgumentException("The inputs are [" + examples
                    + " examples][input size], as many rows as there are " + targets + ", but " + inputs.length
                    + " input values are not a positive multiple of " + examples);
        }
        return new Flat(inputs, examples, inputs.length / examples);
    }

    /**
     * The inputs of some examples in an array each.
     *
     * @param examples how many there are targets for, at least 1
     * @param targets what there is one of for each example, in the plural
     */
    static FloatRows inputs(float[][] inputs, int examples, String targets) {
        Objects.requireNonNull(inputs, "inputs");
        if (inputs.length != examples) {
            throw new IllegalArgumentException("There are " + inputs.length + " examples, but " + examples + " "
                    + targets + "; each example needs one");
        }
        return separate(inputs, "input values");
    }

    /**
     * Rows in an array each.
     *
     * @param what the numbers are, such as "input values"
     */
    static FloatRows separate(float[][] rows, String what) {
        int width = rows[0].length;
        if (width == 0) {
            throw new IllegalArgumentException("Example 0 has no " + what);
        }
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].length != width) {
                throw new IllegalArgumentException(
                        "Example " + row + " has " + rows[row].length + " " + what + ", but example 0 has " + width);
            }
        }
        return new Separate(rows, width);
    }
}
