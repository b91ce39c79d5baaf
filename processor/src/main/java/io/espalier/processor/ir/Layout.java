package io.espalier.processor.ir;

/**
 * How a value lies in an array: rows of {@code stride} elements, of which the first {@code width} hold something.
 *
 * @param element what it consists of
 * @param per what has a row of its own
 * @param width elements that hold something
 * @param stride elements, or words of bits, from one row to the next
 */
public record Layout(Element element, Per per, int width, int stride) {
    /** What it consists of. */
    public enum Element {
        /** Numbers of 32 bits. */
        FLOAT,
        /** Bits in words of 64. */
        BIT
    }

    /** What has a row of its own. */
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

    /** Features of each example, padded to whole vectors, so that loops need no tail. */
    public static Layout rows(int width) {
        return new Layout(Element.FLOAT, Per.EXAMPLE, width, padded(width));
    }

    /** One number for each example. */
    public static Layout scalars() {
        return new Layout(Element.FLOAT, Per.EXAMPLE, 1, 1);
    }

    /** One number for each feature, over the whole batch. */
    public static Layout columns(int width) {
        return new Layout(Element.FLOAT, Per.BATCH, width, padded(width));
    }

    /** Partial sums of each slice of examples. */
    public static Layout sums(int columns) {
        return new Layout(Element.FLOAT, Per.SLICE, columns, columns);
    }

    /** A bit for each feature of each example, in words of 64. */
    public static Layout bits(int width) {
        return new Layout(Element.BIT, Per.EXAMPLE, width, (width + Long.SIZE - 1) / Long.SIZE);
    }

    /** Random numbers for the features of each example: a vector's lanes, and as many others, are drawn together. */
    public static Layout draws(int width) {
        return new Layout(Element.FLOAT, Per.EXAMPLE, width, (width + 2 * MOST_LANES - 1) & -2 * MOST_LANES);
    }

    /** A width with the padding of its rows. */
    public static int padded(int width) {
        return (width + MOST_LANES - 1) & -MOST_LANES;
    }

    /** The same of what may be too long for an array. */
    public static long padded(long width) {
        return (width + MOST_LANES - 1) & -MOST_LANES;
    }

    /** Whether it holds one number for each example, which is the same for all its features. */
    public boolean isScalar() {
        return element == Element.FLOAT && per == Per.EXAMPLE && stride == 1;
    }

    @Override
    public String toString() {
        return switch (per) {
            case EXAMPLE -> "{" + width + "}";
            case SLICE -> "{slices, " + width + "}";
            case BATCH -> "{batch, " + width + "}";
        };
    }
}
