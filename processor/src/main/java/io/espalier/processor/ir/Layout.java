package io.espalier.processor.ir;

/**
 * How a value lies in an array: examples of {@code positions} rows of {@code stride} elements, of which the first {@code width}
 * hold something. A row is a position: a row of features has one, a picture as many as pixels, each of which holds its channels.
 *
 * @param element what it consists of
 * @param per what has rows of its own
 * @param positions rows of an example
 * @param width elements that hold something
 * @param stride elements, or words of bits, from one row to the next
 */
public record Layout(Element element, Per per, int positions, int width, int stride) {
    /** What it consists of. */
    public enum Element {
        /** Numbers of 32 bits. */
        FLOAT,
        /** A number of 32 bits for a row as a whole. */
        SCALAR,
        /** Bits in words of 64. */
        BIT
    }

    /** What has rows of its own. */
    public enum Per {
        /** Each example of the batch. */
        EXAMPLE,
        /** Each slice of examples: partial sums. */
        SLICE,
        /** The batch as a whole: one row. */
        BATCH
    }

    /** Lanes of the widest vector that emitted code uses, 512 bits of floats. */
    private static final int MOST_LANES = 16;

    /** Values of a shape: each position's channels padded to whole vectors, so that loops need no tail. */
    public static Layout rows(Shape shape) {
        return rows(shape.positions(), shape.channels());
    }

    /** Rows of some channels, padded to whole vectors. */
    public static Layout rows(int positions, int width) {
        return new Layout(Element.FLOAT, Per.EXAMPLE, positions, width, padded(width));
    }

    /** Values of a shape without padding between positions: where channels are few, padding is most of a row. */
    public static Layout packed(Shape shape) {
        return new Layout(Element.FLOAT, Per.EXAMPLE, shape.positions(), shape.channels(), shape.channels());
    }

    /** One number for each row. */
    public static Layout scalars(int positions) {
        return new Layout(Element.SCALAR, Per.EXAMPLE, positions, 1, 1);
    }

    /** One number for each feature, over the whole batch. */
    public static Layout columns(int width) {
        return new Layout(Element.FLOAT, Per.BATCH, 1, width, padded(width));
    }

    /** Partial sums of each slice of examples. */
    public static Layout sums(int positions, int columns) {
        return new Layout(Element.FLOAT, Per.SLICE, positions, columns, columns);
    }

    /** A bit for each element of an example, in words of 64: the row of a mask is the example. */
    public static Layout bits(Layout of) {
        int width = of.elements();
        return new Layout(Element.BIT, Per.EXAMPLE, 1, width, (width + Long.SIZE - 1) / Long.SIZE);
    }

    /** Random numbers for the elements of each example: a vector's lanes, and as many others, are drawn together. */
    public static Layout draws(Layout of) {
        int width = of.elements();
        return new Layout(Element.FLOAT, Per.EXAMPLE, 1, width, (width + 2 * MOST_LANES - 1) & -2 * MOST_LANES);
    }

    /** Elements of an example, without the padding at its end. */
    private int elements() {
        return positions == 1 ? width : exampleStride();
    }

    /** A width with the padding of its rows. */
    public static int padded(int width) {
        return (width + MOST_LANES - 1) & -MOST_LANES;
    }

    /** The same of what may be too long for an array. */
    public static long padded(long width) {
        return (width + MOST_LANES - 1) & -MOST_LANES;
    }

    /** Elements from one example to the next. */
    public int exampleStride() {
        return Math.multiplyExact(positions, stride);
    }

    /** Whether rows are not whole vectors: loops go over an example as one row then. */
    public boolean isPacked() {
        return element == Element.FLOAT && per == Per.EXAMPLE && stride != padded(stride);
    }

    /** Rows of an example that a loop goes over. */
    public int loopPositions() {
        return isPacked() ? 1 : positions;
    }

    /** Elements of a row that a loop goes over. */
    public int loopStride() {
        return isPacked() ? exampleStride() : stride;
    }

    /** Whether it holds one number for each row, which is the same for all its features. */
    public boolean isScalar() {
        return element == Element.SCALAR;
    }

    @Override
    public String toString() {
        return switch (per) {
            case EXAMPLE -> positions == 1 ? "{" + width + "}" : "{" + positions + ", " + width + "}";
            case SLICE -> "{slices, " + width + "}";
            case BATCH -> "{batch, " + width + "}";
        };
    }
}
