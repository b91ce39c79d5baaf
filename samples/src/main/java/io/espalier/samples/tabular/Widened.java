package io.espalier.samples.tabular;

import io.espalier.data.Batch;
import io.espalier.data.BatchSequence;
import io.espalier.data.ClassIndices;
import io.espalier.data.Dataset;
import io.espalier.data.TargetValues;

/** Gives examples the width of a network: features that there are not are 0, classes that there are not never occur. */
final class Widened {
    private static final int BATCH = 256;

    private Widened() {}

    /**
     * Copies examples.
     *
     * @param examples with classes or values
     * @param inputs at least as many as the examples have
     * @param outputs likewise
     */
    static Dataset of(Dataset examples, int inputs, int outputs) {
        int features = examples.inputSize();
        float[][] wide = new float[examples.size()][inputs];
        int[] labels = new int[examples.size()];
        float[] values = new float[examples.size()];
        BatchSequence batches = BatchSequence.inOrder(examples, BATCH);
        Batch batch = batches.newBatch();
        int example = 0;
        while (batches.next(batch)) {
            for (int row = 0; row < batch.size(); row++) {
                System.arraycopy(batch.inputs(), row * features, wide[example], 0, features);
                switch (batch.targets()) {
                    case ClassIndices classes -> labels[example] = classes.values()[row];
                    case TargetValues targets -> values[example] = targets.values()[row];
                    default -> throw new IllegalArgumentException("the examples have neither classes nor values");
                }
                example++;
            }
        }
        return outputs == 1 ? Dataset.ofValues(wide, values, 1) : Dataset.of(wide, labels, outputs);
    }
}
