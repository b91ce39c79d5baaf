package io.espalier.emitted;

/** A phase of a pass, as emitted code hands it over. */
public sealed interface PhaseEntry {
    /**
     * A phase in which examples do not depend on each other: threads share them.
     *
     * @param code what runs
     * @param number which of its phases
     */
    record OverExamples(PhaseCode code, int number) implements PhaseEntry {}

    /**
     * A phase that needs the whole batch, done once.
     *
     * @param code what runs
     * @param number which of its phases
     */
    record OverBatch(PhaseCode code, int number) implements PhaseEntry {}

    /**
     * A product of the whole batch, c = a · weight, whose columns the threads share.
     *
     * @param positions rows of an example
     * @param a what is multiplied, rows of {@code aStride} values
     * @param aStride values from row to row of {@code a}
     * @param depth values of a row
     * @param panels holds the packed weight
     * @param panelsOffset where it starts
     * @param columns values of a row of the product
     * @param c receives the product
     * @param cStride values from row to row of {@code c}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Wide(
            int positions,
            float[] a,
            int aStride,
            int depth,
            float[] panels,
            int panelsOffset,
            int columns,
            float[] c,
            int cStride)
            implements PhaseEntry {}
}
