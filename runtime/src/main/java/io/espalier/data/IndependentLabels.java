package io.espalier.data;

/**
 * Labels of which any number may hold for an example: 1 where one holds, 0 where it does not, and what lies between for
 * a share.
 *
 * <p>A view of an array, not a copy: what is written to {@link #values()} is what a training step reads.
 */
public final class IndependentLabels implements Targets {
    private final float[] values;
    private final int outputs;

    /**
     * Targets over an array.
     *
     * @param values row-major {@code [rows][outputs]}, each 0 to 1; kept, not copied
     * @param outputs the width of a row, at least 1
     * @throws IllegalArgumentException if {@code values} is empty or no whole number of rows
     */
    public IndependentLabels(float[] values, int outputs) {
        this.values = TargetRows.require(values, outputs, "Independent labels", "label", "outputs");
        this.outputs = outputs;
    }

    static boolean isLabel(float value) {
        return value >= 0 && value <= 1;
    }

    /**
     * The labels themselves.
     *
     * @return the live array, row-major {@code [capacity][outputs]}
     */
    public float[] values() {
        return values;
    }

    /**
     * The number of labels.
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

    /**
     * Checks the labels of the first rows.
     *
     * @param size how many rows to check, 0 to {@link #capacity()}
     * @throws IllegalArgumentException naming the first label that is not 0 to 1
     */
    public void requireLabels(int size) {
        for (int i = 0; i < size * outputs; i++) {
            if (!isLabel(values[i])) {
                throw new IllegalArgumentException("Label " + i % outputs + " of row " + i / outputs + " is "
                        + values[i] + ", but a label is 0 to 1");
            }
        }
    }
}
