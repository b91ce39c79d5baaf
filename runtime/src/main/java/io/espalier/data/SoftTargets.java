package io.espalier.data;

/**
 * A distribution over the classes per example, as mixup and distillation produce them.
 *
 * <p>A view of an array, not a copy. Each row is expected to be non-negative and to add up to 1.
 */
public final class SoftTargets implements Targets {
    private final float[] values;
    private final int classes;

    /**
     * Targets over an array.
     *
     * @param values row-major {@code [rows][classes]}; kept, not copied
     * @param classes the width of a row, at least 1
     * @throws IllegalArgumentException if {@code values} is empty or no whole number of rows
     */
    public SoftTargets(float[] values, int classes) {
        this.values = TargetRows.require(values, classes, "Soft targets", "class", "classes");
        this.classes = classes;
    }

    /**
     * The probabilities themselves.
     *
     * @return the live array, row-major {@code [capacity][classes]}
     */
    public float[] values() {
        return values;
    }

    /**
     * The number of classes.
     *
     * @return the width of a row
     */
    public int classes() {
        return classes;
    }

    @Override
    public int capacity() {
        return values.length / classes;
    }
}
