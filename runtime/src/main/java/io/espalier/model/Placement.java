package io.espalier.model;

/**
 * Where the elements of a matrix lie in the memory that a kernel reads. Parameters are shown and stored row by row
 * ({@code [out, in]}) whatever their placement is; only this interface knows the difference. A parameter of more dimensions is
 * its matrices, one after the other; a vector is a matrix of one column.
 */
@FunctionalInterface
public interface Placement {
    /**
     * The position of one element, counted from the start of the matrix.
     *
     * @param row the row (the output, for a weight), from 0 to {@code rows - 1}
     * @param column the column (the input, for a weight), from 0 to {@code columns - 1}
     * @param rows the number of rows of the matrix
     * @param columns the number of columns of the matrix
     * @return a position that no other element of the matrix has, 0 or more
     */
    int position(int row, int column, int rows, int columns);

    /**
     * Values that a matrix takes, padding included: the next matrix of the same parameter starts after them.
     *
     * @param rows the number of rows of the matrix
     * @param columns the number of columns of the matrix
     * @return at least {@code rows * columns}
     * @throws ArithmeticException if that exceeds an {@code int}
     */
    default int size(int rows, int columns) {
        return Math.multiplyExact(rows, columns);
    }
}
