package io.espalier.data;

/**
 * The values that a regression is to answer with.
 *
 * <p>A view of an array, not a copy: what is written to {@link #values()} is what a training step reads.
 */
public final class TargetValues implements Targets {
    private final float[] values;
    private final int outputs;

    /**
     * Targets over an array.
     *
     * @param values row-major {@code [rows][outputs]}; kept, not copied
     * @param outputs the width of a row, at least 1
     * @throws IllegalArgumentException if {@code values} is empty or no whole number of rows
     */
    public TargetValues(float[] values, int outputs) {
        this.values = TargetRows.require(values, outputs, "Target values", "value", "outputs");
        this.outputs = outputs;
    }

    /**
     * The values themselves.
     *
     * @return the live array, row-major {@code [capacity][outputs]}
     */
    public float[] values() {
        return values;
    }

    /**
     * The number of values of an example.
     *
     * @return the width of a row
     */
    public int outputs() {
        return outputs;
    }

    @Override
    public int capacity() {
        return values.length / outputs;
    }
}
