package io.espalier.data;

/**
 * Examples that can be asked for by index, and that fill a {@link Batch} when asked. They need not be held in memory: a
 * data set may compute its features, or read them, each time.
 *
 * <p>The same index must give the same example for as long as a training lasts, or the seed no longer fixes the result.
 * A trainer and an evaluation call {@link #fill} from one thread at a time, though not always the same. Only a data set
 * that several of them share must allow concurrent calls with different batches; those made here do, as long as the
 * arrays they were made from are left alone.
 */
public interface Dataset {

    /**
     * The number of examples.
     *
     * @return at least 1
     */
    int size();

    /**
     * The input values of one example.
     *
     * @return at least 1
     */
    int inputSize();

    /**
     * What there is to answer for an example: the number of classes, of independent labels, or of values.
     *
     * @return at least 1; class indices are {@code 0 .. outputs() - 1}
     */
    int outputs();

    /**
     * Puts examples into a batch: example {@code indices[from + i]} into row {@code i}, inputs and target, for
     * {@code i} from 0 to {@code count - 1}, and {@code count} into the batch's size. Every value of those rows must be
     * written, because the batch still holds what it held before.
     *
     * @param indices indices of examples, each 0 to {@code size() - 1}; not to be changed
     * @param from the first place in {@code indices} to use
     * @param count the number of examples, 1 to the batch's capacity
     * @param batch made by {@link #newBatch}, or one of the same input size and kind of targets
     */
    void fill(int[] indices, int from, int count, Batch batch);

    /**
     * An empty batch of the kind that {@link #fill} fills. A data set whose targets are not class indices
     * overrides this.
     *
     * @param capacity the most rows it shall hold
     * @return a batch for class indices
     */
    default Batch newBatch(int capacity) {
        return Batch.allocate(capacity, inputSize());
    }

    /**
     * Some of the examples, in the given order, without copying any of them.
     *
     * @param indices indices of examples; an index may occur more than once
     * @return a view
     * @throws IllegalArgumentException if there is no index, or one is not 0 to {@code size() - 1}
     */
    default Dataset subset(int... indices) {
        return Subset.of(this, indices);
    }

    /**
     * Splits the examples at random into two views that share none, for training and for validation. Plain, without
     * regard to classes or groups: where examples belong together (the same patient, the same text in two languages),
     * choose the indices yourself and use {@link #subset}.
     *
     * @param validationFraction the share that is kept for validation, more than 0 and less than 1; the number of
     *     examples is rounded to the nearest
     * @param seed fixes the choice
     * @return the two views, each in the original order
     * @throws IllegalArgumentException if the fraction is out of range, or a side would be left without an example
     */
    default Split split(double validationFraction, long seed) {
        return Subset.split(this, validationFraction, seed);
    }

    /**
     * Splits the examples at random into two views that share none, each class in the same share on both sides as far as
     * whole examples allow: a class of two or more is on both sides, one of a single example in training. For few or uneven
     * classes; otherwise as {@link #split}. Fills every example once to see its class.
     *
     * @param validationFraction the share that is kept for validation, more than 0 and less than 1
     * @param seed fixes the choice
     * @return the two views, each in the original order
     * @throws IllegalArgumentException if the fraction is out of range, a side would be left without an example, or the
     *     targets are not class indices
     */
    default Split stratifiedSplit(double validationFraction, long seed) {
        StratifiedSplit.Sides sides =
                new StratifiedSplit(StratifiedSplit.labels(this), outputs(), validationFraction).sides(seed);
        return new Split(subset(sides.train()), subset(sides.validation()));
    }

    /**
     * A data set over one array.
     *
     * @param inputs row-major {@code [labels.length][inputSize]}; kept, not copied
     * @param labels the class of each example, {@code 0 .. classes - 1}; kept, not copied
     * @param classes the number of classes
     * @return a data set that is safe to share between threads
     * @throws IllegalArgumentException if the lengths do not fit each other or a label is out of range, naming the
     *     example
     */
    static Dataset of(float[] inputs, int[] labels, int classes) {
        ExampleTargets targets = new ExampleTargets.Classes(labels, classes);
        return new ArrayDataset(FloatRows.inputs(inputs, targets.count(), "labels"), targets);
    }

    /**
     * A data set over one array per example, for more than fits one array.
     *
     * @param inputs {@code [labels.length][inputSize]}; kept, not copied
     * @param labels the class of each example, {@code 0 .. classes - 1}; kept, not copied
     * @param classes the number of classes
     * @return a data set that is safe to share between threads
     * @throws IllegalArgumentException if the lengths do not fit each other or a label is out of range, naming the
     *     example
     */
    static Dataset of(float[][] inputs, int[] labels, int classes) {
        ExampleTargets targets = new ExampleTargets.Classes(labels, classes);
        return new ArrayDataset(FloatRows.inputs(inputs, targets.count(), "labels"), targets);
    }

    /**
     * A data set over one array whose targets are independent labels.
     *
     * @param inputs row-major {@code [examples][inputSize]}; kept, not copied
     * @param labels row-major {@code [examples][outputs]}, each 0 to 1; kept, not copied
     * @param outputs the labels of an example
     * @return a data set that is safe to share between threads
     * @throws IllegalArgumentException if the lengths do not fit each other or a label is out of range, naming the
     *     example
     */
    static Dataset ofLabels(float[] inputs, float[] labels, int outputs) {
        ExampleTargets targets = new ExampleTargets.Labels(ExampleTargets.rows(labels, outputs, "label"));
        return new ArrayDataset(FloatRows.inputs(inputs, targets.count(), "rows of labels"), targets);
    }

    /**
     * A data set over one array per example whose targets are independent labels.
     *
     * @param inputs {@code [examples][inputSize]}; kept, not copied
     * @param labels row-major {@code [examples][outputs]}, each 0 to 1; kept, not copied
     * @param outputs the labels of an example
     * @return a data set that is safe to share between threads
     * @throws IllegalArgumentException if the lengths do not fit each other or a label is out of range, naming the
     *     example
     */
    static Dataset ofLabels(float[][] inputs, float[] labels, int outputs) {
        ExampleTargets targets = new ExampleTargets.Labels(ExampleTargets.rows(labels, outputs, "label"));
        return new ArrayDataset(FloatRows.inputs(inputs, targets.count(), "rows of labels"), targets);
    }

    /**
     * A data set over arrays for each example whose targets are independent labels.
     *
     * @param inputs {@code [examples][inputSize]}; kept, not copied
     * @param labels {@code [examples][outputs]}, each 0 to 1; kept, not copied
     * @return a data set that is safe to share between threads
     * @throws IllegalArgumentException if the lengths do not fit each other or a label is out of range, naming the
     *     example
     */
    static Dataset ofLabels(float[][] inputs, float[][] labels) {
        ExampleTargets targets = new ExampleTargets.Labels(ExampleTargets.rows(labels, "label"));
        return new ArrayDataset(FloatRows.inputs(inputs, targets.count(), "rows of labels"), targets);
    }

    /**
     * A data set over one array whose targets are values.
     *
     * @param inputs row-major {@code [examples][inputSize]}; kept, not copied
     * @param values row-major {@code [examples][outputs]}; kept, not copied
     * @param outputs the values of an example
     * @return a data set that is safe to share between threads
     * @throws IllegalArgumentException if the lengths do not fit each other or a value is not finite, naming the
     *     example
     */
    static Dataset ofValues(float[] inputs, float[] values, int outputs) {
        ExampleTargets targets = new ExampleTargets.Values(ExampleTargets.rows(values, outputs, "value"));
        return new ArrayDataset(FloatRows.inputs(inputs, targets.count(), "rows of values"), targets);
    }

    /**
     * A data set over one array per example whose targets are values.
     *
     * @param inputs {@code [examples][inputSize]}; kept, not copied
     * @param values row-major {@code [examples][outputs]}; kept, not copied
     * @param outputs the values of an example
     * @return a data set that is safe to share between threads
     * @throws IllegalArgumentException if the lengths do not fit each other or a value is not finite, naming the
     *     example
     */
    static Dataset ofValues(float[][] inputs, float[] values, int outputs) {
        ExampleTargets targets = new ExampleTargets.Values(ExampleTargets.rows(values, outputs, "value"));
        return new ArrayDataset(FloatRows.inputs(inputs, targets.count(), "rows of values"), targets);
    }

    /**
     * A data set over arrays for each example whose targets are values.
     *
     * @param inputs {@code [examples][inputSize]}; kept, not copied
     * @param values {@code [examples][outputs]}; kept, not copied
     * @return a data set that is safe to share between threads
     * @throws IllegalArgumentException if the lengths do not fit each other or a value is not finite, naming the
     *     example
     */
    static Dataset ofValues(float[][] inputs, float[][] values) {
        ExampleTargets targets = new ExampleTargets.Values(ExampleTargets.rows(values, "value"));
        return new ArrayDataset(FloatRows.inputs(inputs, targets.count(), "rows of values"), targets);
    }

    /**
     * The two sides of a {@link Dataset#split}.
     *
     * @param train the examples to train on
     * @param validation the examples kept aside
     */
    record Split(Dataset train, Dataset validation) {}
}
