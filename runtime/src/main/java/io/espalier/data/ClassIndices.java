package io.espalier.data;

import java.util.Objects;

/**
 * One right class per example, by its index from 0.
 *
 * <p>A view of an array, not a copy: what is written to {@link #values()} is what a training step reads.
 */
public final class ClassIndices implements Targets {
    private final int[] values;

    /**
     * Targets over an array.
     *
     * @param values the class of each row; kept, not copied
     * @throws IllegalArgumentException if {@code values} is empty
     */
    public ClassIndices(int[] values) {
        this.values = Objects.requireNonNull(values, "values");
        if (values.length == 0) {
            throw new IllegalArgumentException("Class indices need room for at least one row, but the array is empty");
        }
    }

    /**
     * The classes themselves.
     *
     * @return the live array, {@code [capacity]}, of indices from 0
     */
    public int[] values() {
        return values;
    }

    @Override
    public int capacity() {
        return values.length;
    }

    /**
     * Checks the first rows against a number of classes.
     *
     * @param size how many rows to check, 0 to {@link #capacity()}
     * @param classes the number of classes
     * @throws IllegalArgumentException naming the first row whose class is not in {@code 0 .. classes - 1}
     */
    public void requireWithin(int size, int classes) {
        for (int row = 0; row < size; row++) {
            if (values[row] < 0 || values[row] >= classes) {
                throw new IllegalArgumentException("The label of row " + row + " is " + values[row]
                        + ", but the classes are 0 to " + (classes - 1) + " (" + classes + " classes)");
            }
        }
    }
}
