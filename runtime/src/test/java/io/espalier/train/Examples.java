package io.espalier.train;

import io.espalier.data.Batch;
import io.espalier.data.Dataset;
import io.espalier.random.RandomStream;

/** Data sets for the tests of training. */
final class Examples {
    private Examples() {}

    /** Two clouds of points that a straight line all but separates; class 1 lies where the sum is positive. */
    static Dataset clouds(int size, int inputSize, long seed) {
        RandomStream random = new RandomStream(seed, 1_000, 0);
        float[] inputs = new float[size * inputSize];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = random.nextInt(2);
            for (int j = 0; j < inputSize; j++) {
                inputs[i * inputSize + j] = 2 * random.nextFloat() - 1 + (labels[i] == 1 ? 0.4f : -0.4f);
            }
        }
        return Dataset.of(inputs, labels, 2);
    }

    /**
     * Examples whose only input is 1, a share of which is of class 1. A network that is trained on a share of 1 grows ever
     * more certain; on a share of 0.7 its loss is least when it is 70 % certain, and rises from there.
     */
    static Dataset ones(int size, double share) {
        float[] inputs = new float[size];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            inputs[i] = 1;
            labels[i] = i < share * size ? 1 : 0;
        }
        return Dataset.of(inputs, labels, 2);
    }

    /** Two examples, computed when asked for: the input is a number that the test may change meanwhile. */
    static final class Changing implements Dataset {
        volatile float value = 1;

        @Override
        public int size() {
            return 2;
        }

        @Override
        public int inputSize() {
            return 1;
        }

        @Override
        public int outputs() {
            return 2;
        }

        @Override
        public void fill(int[] indices, int from, int count, Batch batch) {
            for (int row = 0; row < count; row++) {
                batch.inputs()[row] = indices[from + row] == 1 ? value : 1;
                batch.labels()[row] = indices[from + row];
            }
            batch.setSize(count);
        }
    }
}
