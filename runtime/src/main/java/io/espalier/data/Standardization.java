package io.espalier.data;

import java.util.Arrays;

/**
 * The mean and standard deviation of every feature of training examples, and what is done with them: (x − mean) /
 * deviation. A feature that is the same in all training examples has deviation 1. Immutable. {@link #toJson()} makes a text
 * of it, to be kept with the weights of the network that was trained on it.
 */
public final class Standardization {
    private final double[] means;
    private final double[] deviations;

    Standardization(double[] means, double[] deviations) {
        this.means = means;
        this.deviations = deviations;
    }

    /**
     * Learns from examples; only those to train on should be among them. Goes through them once.
     *
     * @param training the examples to learn from
     * @return the standardization, over the deviation of a population (n, not n − 1)
     * @throws IllegalArgumentException if an input is not finite, naming the example
     */
    public static Standardization fit(Dataset training) {
        int width = training.inputSize();
        Moments[] moments = new Moments[width];
        Arrays.setAll(moments, feature -> new Moments());
        BatchSequence batches = BatchSequence.inOrder(training, 256);
        Batch batch = batches.newBatch();
        while (batches.next(batch)) {
            for (int i = 0; i < batch.size() * width; i++) {
                float value = batch.inputs()[i];
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("Input " + i % width + " of example "
                            + batches.example(i / width) + " is " + value + ", which has no place in a mean");
                }
                moments[i % width].add(value);
            }
        }
        return new Standardization(
                Arrays.stream(moments).mapToDouble(Moments::mean).toArray(),
                Arrays.stream(moments).mapToDouble(Moments::deviation).toArray());
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param json the text
     * @return an equal standardization
     * @throws IllegalArgumentException if the text is no such thing, saying where
     */
    public static Standardization fromJson(String json) {
        return EncodingJson.standardization(json);
    }

    /**
     * This standardization as a text that gives every number back to the last bit.
     *
     * @return JSON in one line
     */
    public String toJson() {
        return EncodingJson.text(means, deviations);
    }

    /**
     * The number of features.
     *
     * @return at least 1
     */
    public int inputSize() {
        return means.length;
    }

    /**
     * The means.
     *
     * @return a copy, {@code [inputSize]}
     */
    public double[] means() {
        return means.clone();
    }

    /**
     * The standard deviations.
     *
     * @return a copy, {@code [inputSize]}, each greater than 0
     */
    public double[] deviations() {
        return deviations.clone();
    }

    /**
     * Examples on this scale; standardized whenever a batch is filled.
     *
     * @param dataset the examples, training or other ones
     * @return a view, as safe to share between threads as what it is made of
     * @throws IllegalArgumentException if the examples have another number of inputs
     */
    public Dataset apply(Dataset dataset) {
        if (dataset.inputSize() != means.length) {
            throw new IllegalArgumentException("This standardization is of " + means.length
                    + " inputs, but the examples have " + dataset.inputSize());
        }
        return dataset instanceof Subset view ? view.over(new View(view.origin())) : new View(dataset);
    }

    /**
     * Puts rows on this scale.
     *
     * @param inputs row-major {@code [rows][inputSize]}, changed in place
     * @param rows how many, at least 0
     * @throws IndexOutOfBoundsException if the array is shorter
     */
    public void apply(float[] inputs, int rows) {
        for (int row = 0; row < rows; row++) {
            for (int feature = 0; feature < means.length; feature++) {
                int i = row * means.length + feature;
                inputs[i] = (float) ((inputs[i] - means[feature]) / deviations[feature]);
            }
        }
    }

    /** Another data set's examples on this scale. */
    private final class View implements Dataset {
        private final Dataset origin;

        View(Dataset origin) {
            this.origin = origin;
        }

        @Override
        public int size() {
            return origin.size();
        }

        @Override
        public int inputSize() {
            return origin.inputSize();
        }

        @Override
        public int outputs() {
            return origin.outputs();
        }

        @Override
        public Batch newBatch(int capacity) {
            return origin.newBatch(capacity);
        }

        @Override
        public void fill(int[] indices, int from, int count, Batch batch) {
            origin.fill(indices, from, count, batch);
            apply(batch.inputs(), count);
        }
    }
}
