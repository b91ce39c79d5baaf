package io.espalier.processor.ir;

/** An argument of a kernel of the runtime, in the terms of where it is called. */
public sealed interface Operand {
    /** The rows of a value that are at hand: array, offset of the first, distance from one to the next. */
    record Rows(Value value) implements Operand {}

    /** An array as a whole. */
    record Array(Value value) implements Operand {}

    /** Partial sums of the slice that is at hand: array and offset. */
    record Slice(Value value) implements Operand {}

    /** The offset of a parameter. */
    record Offset(Parameter parameter) implements Operand {}

    /** A count of the language or a width, by what it is to the kernel. */
    record Count(String name, int value) implements Operand {}

    /** A constant, by what it is to the kernel. */
    record Constant(String name, double value) implements Operand {}

    /** Numbers of the rows at hand: array, and where the first of them lies. */
    record Scalars(Value value) implements Operand {}

    /** How many rows of a value are at hand: those of some examples, or of the batch. */
    record RowCount(Value value) implements Operand {}

    /** How many slices of partial sums there are. */
    record SliceCount(Value sums) implements Operand {}

    /** How many rows a slice of partial sums is taken of. */
    record SliceRows(Value sums) implements Operand {}

    /** What is known where the kernel is called. */
    enum Given implements Operand {
        /** How many examples are at hand. */
        EXAMPLES,
        /** The array of all parameters. */
        PARAMETERS
    }
}
