package io.espalier.data;

import java.util.Objects;

/**
 * Some examples that go through a network together: inputs, targets, and how many of the rows are in use.
 *
 * <p>A batch is a view of arrays. It is made once with the largest size it will hold and filled again for every step, so
 * that training allocates nothing. It is not thread-safe: who fills it must be done before who reads it starts.
 */
public final class Batch {
    private final float[] inputs;
    private final int inputSize;
    private final Targets targets;
    private int size;

    private Batch(float[] inputs, Targets targets, int size) {
        int capacity = targets.capacity();
        if (inputs.length == 0 || inputs.length % capacity != 0) {
            throw new IllegalArgumentException("A batch holds the same number of inputs for each target, but there are "
                    + inputs.length + " input values for " + capacity + " targets");
        }
        this.inputs = inputs;
        this.inputSize = inputs.length / capacity;
        this.targets = targets;
        this.size = size;
    }

    /**
     * A batch over arrays whose targets are class indices.
     *
     * @param inputs row-major {@code [labels.length][inputSize]}; kept, not copied
     * @param labels the class of each row, from 0; kept, not copied
     * @param size the rows in use, 1 to {@code labels.length}
     * @return the view
     * @throws IllegalArgumentException if the lengths do not fit each other, or {@code size} does not fit them
     */
    public static Batch of(float[] inputs, int[] labels, int size) {
        return filled(inputs, new ClassIndices(labels), size);
    }

    /**
     * A batch over arrays whose targets are distributions over the classes.
     *
     * @param inputs row-major {@code [rows][inputSize]}; kept, not copied
     * @param targets row-major {@code [rows][classes]}; kept, not copied
     * @param classes the number of classes
     * @param size the rows in use, 1 to {@code rows}
     * @return the view
     * @throws IllegalArgumentException if the lengths do not fit each other, or {@code size} does not fit them
     */
    public static Batch ofSoft(float[] inputs, float[] targets, int classes, int size) {
        return filled(inputs, new SoftTargets(targets, classes), size);
    }

    /**
     * A batch over arrays whose targets are independent labels.
     *
     * @param inputs row-major {@code [rows][inputSize]}; kept, not copied
     * @param labels row-major {@code [rows][outputs]}, each 0 to 1; kept, not copied
     * @param outputs the number of labels
     * @param size the rows in use, 1 to {@code rows}
     * @return the view
     * @throws IllegalArgumentException if the lengths do not fit each other, or {@code size} does not fit them
     */
    public static Batch ofLabels(float[] inputs, float[] labels, int outputs, int size) {
        return filled(inputs, new IndependentLabels(labels, outputs), size);
    }

    /**
     * A batch over arrays whose targets are values, for regression.
     *
     * @param inputs row-major {@code [rows][inputSize]}; kept, not copied
     * @param values row-major {@code [rows][outputs]}; kept, not copied
     * @param outputs the number of values of an example
     * @param size the rows in use, 1 to {@code rows}
     * @return the view
     * @throws IllegalArgumentException if the lengths do not fit each other, or {@code size} does not fit them
     */
    public static Batch ofValues(float[] inputs, float[] values, int outputs, int size) {
        return filled(inputs, new TargetValues(values, outputs), size);
    }

    /**
     * An empty batch to be filled with inputs and class indices.
     *
     * @param capacity the most rows it can hold, at least 1
     * @param inputSize the input values of one example, at least 1
     * @return a batch of size 0
     * @throws IllegalArgumentException if a number is not positive, or more than 2³¹ − 1 values would be needed
     */
    public static Batch allocate(int capacity, int inputSize) {
        float[] inputs = new float[area(capacity, inputSize, "input values")];
        return new Batch(inputs, new ClassIndices(new int[capacity]), 0);
    }

    /**
     * An empty batch to be filled with inputs and distributions over the classes.
     *
     * @param capacity the most rows it can hold, at least 1
     * @param inputSize the input values of one example, at least 1
     * @param classes the number of classes, at least 1
     * @return a batch of size 0
     * @throws IllegalArgumentException if a number is not positive, or more than 2³¹ − 1 values would be needed
     */
    public static Batch allocateSoft(int capacity, int inputSize, int classes) {
        float[] inputs = new float[area(capacity, inputSize, "input values")];
        return new Batch(inputs, new SoftTargets(new float[area(capacity, classes, "classes")], classes), 0);
    }

    /**
     * An empty batch to be filled with inputs and independent labels.
     *
     * @param capacity the most rows it can hold, at least 1
     * @param inputSize the input values of one example, at least 1
     * @param outputs the number of labels, at least 1
     * @return a batch of size 0
     * @throws IllegalArgumentException if a number is not positive, or more than 2³¹ − 1 values would be needed
     */
    public static Batch allocateLabels(int capacity, int inputSize, int outputs) {
        float[] inputs = new float[area(capacity, inputSize, "input values")];
        return new Batch(inputs, new IndependentLabels(new float[area(capacity, outputs, "labels")], outputs), 0);
    }

    /**
     * An empty batch to be filled with inputs and values, for regression.
     *
     * @param capacity the most rows it can hold, at least 1
     * @param inputSize the input values of one example, at least 1
     * @param outputs the number of values of an example, at least 1
     * @return a batch of size 0
     * @throws IllegalArgumentException if a number is not positive, or more than 2³¹ − 1 values would be needed
     */
    public static Batch allocateValues(int capacity, int inputSize, int outputs) {
        float[] inputs = new float[area(capacity, inputSize, "input values")];
        return new Batch(inputs, new TargetValues(new float[area(capacity, outputs, "values")], outputs), 0);
    }

    private static Batch filled(float[] inputs, Targets targets, int size) {
        Batch batch = new Batch(Objects.requireNonNull(inputs, "inputs"), targets, 0);
        batch.setSize(size);
        return batch;
    }

    private static int area(int capacity, int width, String what) {
        if (capacity < 1 || width < 1) {
            throw new IllegalArgumentException("A batch needs at least one row and one column, but " + capacity
                    + " rows of " + width + " " + what + " were asked for");
        }
        if ((long) capacity * width > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("A batch of " + capacity + " rows of " + width + " " + what
                    + " does not fit an array; use a smaller batch");
        }
        return capacity * width;
    }

    /**
     * The inputs, of which the first {@link #size()} rows count.
     *
     * @return the live array, row-major {@code [capacity][inputSize]}
     */
    public float[] inputs() {
        return inputs;
    }

    /**
     * The targets, of which the first {@link #size()} rows count.
     *
     * @return the live targets
     */
    public Targets targets() {
        return targets;
    }

    /**
     * The class indices, for those who fill a batch or know what it holds.
     *
     * @return the live array, {@code [capacity]}
     * @throws IllegalStateException if the targets are of another kind
     */
    public int[] labels() {
        if (targets instanceof ClassIndices indices) {
            return indices.values();
        }
        throw otherKind("class indices", "allocate");
    }

    /**
     * The distributions over the classes, for those who fill a batch or know what it holds.
     *
     * @return the live array, row-major {@code [capacity][classes]}
     * @throws IllegalStateException if the targets are of another kind
     */
    public float[] softTargets() {
        if (targets instanceof SoftTargets soft) {
            return soft.values();
        }
        throw otherKind("distributions", "allocateSoft");
    }

    /**
     * The independent labels, for those who fill a batch or know what it holds.
     *
     * @return the live array, row-major {@code [capacity][outputs]}
     * @throws IllegalStateException if the targets are of another kind
     */
    public float[] independentLabels() {
        if (targets instanceof IndependentLabels labels) {
            return labels.values();
        }
        throw otherKind("independent labels", "allocateLabels");
    }

    /**
     * The values to learn, for those who fill a batch or know what it holds.
     *
     * @return the live array, row-major {@code [capacity][outputs]}
     * @throws IllegalStateException if the targets are of another kind
     */
    public float[] targetValues() {
        if (targets instanceof TargetValues values) {
            return values.values();
        }
        throw otherKind("values", "allocateValues");
    }

    private IllegalStateException otherKind(String wanted, String factory) {
        String held =
                switch (targets) {
                    case ClassIndices indices -> indices.capacity() + " class indices; use labels()";
                    case SoftTargets soft -> "distributions over " + soft.classes() + " classes; use softTargets()";
                    case IndependentLabels labels ->
                        labels.outputs() + " independent labels a row; use independentLabels()";
                    case TargetValues values -> values.outputs() + " values a row; use targetValues()";
                };
        return new IllegalStateException(
                "The targets of this batch are not " + wanted + " but " + held + ", or " + factory + " for the batch");
    }

    /**
     * The rows in use.
     *
     * @return 0 for a batch that was never filled, else 1 to {@link #capacity()}
     */
    public int size() {
        return size;
    }

    /**
     * Says how many rows are in use.
     *
     * @param size 1 to {@link #capacity()}
     * @throws IllegalArgumentException if it is not in that range
     */
    public void setSize(int size) {
        if (size < 1 || size > capacity()) {
            throw new IllegalArgumentException("A batch with room for " + capacity() + " rows cannot have size " + size
                    + "; it must be 1 to " + capacity());
        }
        this.size = size;
    }

    /**
     * The most rows it can hold.
     *
     * @return rows, at least 1
     */
    public int capacity() {
        return targets.capacity();
    }

    /**
     * The input values of one example.
     *
     * @return the width of a row of {@link #inputs()}
     */
    public int inputSize() {
        return inputSize;
    }
}
