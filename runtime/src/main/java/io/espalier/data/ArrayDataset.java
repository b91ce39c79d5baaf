package io.espalier.data;

/** Examples that are held in memory. */
final class ArrayDataset implements Dataset {
    private final FloatRows inputs;
    private final ExampleTargets targets;

    ArrayDataset(FloatRows inputs, ExampleTargets targets) {
        this.inputs = inputs;
        this.targets = targets;
    }

    @Override
    public int size() {
        return targets.count();
    }

    @Override
    public int inputSize() {
        return inputs.width();
    }

    @Override
    public int outputs() {
        return targets.outputs();
    }

    @Override
    public Batch newBatch(int capacity) {
        return targets.newBatch(capacity, inputs.width());
    }

    @Override
    public void fill(int[] indices, int from, int count, Batch batch) {
        int width = inputs.width();
        for (int row = 0; row < count; row++) {
            inputs.copy(indices[from + row], batch.inputs(), row * width);
        }
        targets.fill(indices, from, count, batch);
        batch.setSize(count);
    }
}
