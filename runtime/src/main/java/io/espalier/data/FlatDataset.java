package io.espalier.data;

import java.util.Objects;

/** Examples that lie one behind the other in one array. */
final class FlatDataset implements Dataset {
    private final float[] inputs;
    private final int[] labels;
    private final int classes;
    private final int inputSize;

    FlatDataset(float[] inputs, int[] labels, int classes) {
        this.inputs = Objects.requireNonNull(inputs, "inputs");
        this.labels = Objects.requireNonNull(labels, "labels");
        this.classes = classes;
        Labels.check(labels, classes);
        if (inputs.length == 0 || inputs.length % labels.length != 0) {
            throw new IllegalArgumentException("The inputs are [" + labels.length
                    + " examples][input size], one row for each label, but " + inputs.length
                    + " input values are not a positive multiple of " + labels.length);
        }
        this.inputSize = inputs.length / labels.length;
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
            System.arraycopy(inputs, example * inputSize, batch.inputs(), row * inputSize, inputSize);
            batchLabels[row] = labels[example];
        }
        batch.setSize(count);
    }
}
