package io.espalier.model;

/**
 * Where the elements of a matrix lie in the memory that a kernel reads. Parameters are shown and stored row by row
 * ({@code [out, in]}) whatever their packing is; only this interface knows the difference.
 */
@FunctionalInterface
public interface Packing {
    /**
     * The place of one element, counted from the start of the matrix.
     *
     * @param row the row (the output, for a weight), from 0 to {@code rows - 1}
     * @param column the column (the input, for a weight), from 0 to {@code columns - 1}
     * @param rows the number of rows of the matrix
     * @param columns the number of columns of the matrix
     * @return a place that no other element of the matrix has, 0 or more
     */
    int position(int row, int column, int rows, int columns);
}
