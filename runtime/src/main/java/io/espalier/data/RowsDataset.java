package io.espalier.data;

import java.util.Objects;

/** Examples that have an array each. */
final class RowsDataset implements Dataset {
    private final float[][] inputs;
    private final int[] labels;
    private final int classes;
    private final int inputSize;

    RowsDataset(float[][] inputs, int[] labels, int classes) {
        this.inputs = Objects.requireNonNull(inputs, "inputs");
        this.labels = Objects.requireNonNull(labels, "labels");
        this.classes = classes;
        Labels.check(labels, classes);
        if (inputs.length != labels.length) {
            throw new IllegalArgumentException("There are " + inputs.length + " examples, but " + labels.length
                    + " labels; each example needs one");
        }
        this.inputSize = inputs[0].length;
        if (inputSize == 0) {
            throw new IllegalArgumentException("Example 0 has no input values");
        }
        for (int example = 0; example < inputs.length; example++) {
            if (inputs[example].length != inputSize) {
                throw new IllegalArgumentException("Example " + example + " has " + inputs[example].length
                        + " input values, but example 0 has " + inputSize);
            }
        }
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int inputSize() {
        return inputSize;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public void fill(int[] indices, int from, int count, Batch batch) {
        int[] batchLabels = batch.labels();
        for (int row = 0; row < count; row++) {
            int example = indices[from + row];
            System.arraycopy(inputs[example], 0, batch.inputs(), row * inputSize, inputSize);
            batchLabels[row] = labels[example];
        }
        batch.setSize(count);
    }
}
