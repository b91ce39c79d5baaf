package io.espalier.data;

import io.espalier.random.Purpose;
import io.espalier.random.RandomStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one epoch after the other, each filled into a {@link Batch} of the caller's, so that nothing is
 * allocated from batch to batch. One thread at a time.
 *
 * <pre>{@code
 * BatchSequence batches = BatchSequence.shuffled(train, 64, 1, seed);
 * Batch batch = batches.newBatch();
 * for (int epoch = 1; epoch <= 20; epoch++) {
 *     batches.start(epoch);
 *     while (batches.next(batch)) {
 *         step.forwardBackward(batch);
 *         step.update(learningRate);
 *     }
 * }
 * }</pre>
 *
 * <p>The order of an epoch is a function of the seed and the epoch's number alone, so that a training that is resumed at
 * epoch 7 sees what an uninterrupted one would have seen. The last batch of an epoch is smaller when the batch size does
 * not divide the number of examples. Where a network needs at least so many rows (two, with batch normalization) and the
 * rest has fewer, the last two batches share their examples evenly, so that every example is still seen; only if even that
 * leaves too few rows (batches of two, an odd number of examples) is the rest left out, another one in every epoch.
 */
public final class BatchSequence {
    private final Dataset origin;
    private final int @Nullable [] members;
    private final int[] order;
    private final int batchSize;
    private final int smallest;
    private final boolean shuffled;
    private final long seed;
    private final int outputs;
    private final int steps;
    private final int examples;
    private int done;
    private int at;
    private int lastCount;

    private BatchSequence(Dataset dataset, int batchSize, int smallest, boolean shuffled, long seed) {
        int size = Objects.requireNonNull(dataset, "dataset").size();
        if (size < 1) {
            throw new IllegalArgumentException("The data set has no examples (its size is " + size + ")");
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("The batch size must be at least 1, but it is " + batchSize);
        }
        if (smallest < 1 || smallest > batchSize || smallest > size) {
            throw new IllegalArgumentException("Batches of at least " + smallest + " examples cannot be made of " + size
                    + " examples with a batch size of " + batchSize);
        }
        this.members = dataset instanceof Subset view ? view.resolve(identity(size), 0, size) : null;
        this.origin = dataset instanceof Subset view ? view.origin() : dataset;
        this.order = identity(size);
        this.batchSize = Math.min(batchSize, size);
        this.smallest = smallest;
        this.shuffled = shuffled;
        this.seed = seed;
        this.outputs = dataset.outputs();
        int rest = size % this.batchSize;
        boolean leftOut = rest > 0 && rest < smallest && (this.batchSize + rest) / 2 < smallest;
        this.examples = leftOut ? size - rest : size;
        this.steps = Math.ceilDiv(examples, this.batchSize);
        start(1);
    }

    /**
     * Batches in an order that the seed and the epoch fix.
     *
     * @param dataset the examples
     * @param batchSize the most examples in a batch, at least 1
     * @param smallest the fewest examples in a batch: 1, or 2 for a network with batch normalization
     * @param seed fixes the orders of all epochs
     * @return the sequence, at the start of epoch 1
     * @throws IllegalArgumentException if a number is out of range, or there are fewer examples than {@code smallest}
     */
    public static BatchSequence shuffled(Dataset dataset, int batchSize, int smallest, long seed) {
        return new BatchSequence(dataset, batchSize, smallest, true, seed);
    }

    /**
     * Batches in the data set's own order, as evaluation takes them.
     *
     * @param dataset the examples
     * @param batchSize the most examples in a batch, at least 1
     * @return the sequence, at the start
     * @throws IllegalArgumentException if the batch size is not positive or the data set is empty
     */
    public static BatchSequence inOrder(Dataset dataset, int batchSize) {
        return new BatchSequence(dataset, batchSize, 1, false, 0);
    }

    static int[] identity(int size) {
        int[] order = new int[size];
        fillIdentity(order);
        return order;
    }

    private static void fillIdentity(int[] order) {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
    }

    /**
     * Goes to the start of an epoch.
     *
     * @param epoch the number of the epoch; any, but counted from 1 by the trainer
     */
    public void start(int epoch) {
        if (shuffled) {
            // From the identity every time: the order must not depend on which epochs came before.
            fillIdentity(order);
            new RandomStream(seed, Purpose.SHUFFLE, 0, epoch).shuffle(order);
        }
        if (members != null) {
            for (int i = 0; i < order.length; i++) {
                order[i] = members[shuffled ? order[i] : i];
            }
        }
        done = 0;
        at = 0;
        lastCount = 0;
    }

    /**
     * A batch with room for the largest of this sequence.
     *
     * @return an empty batch
     */
    public Batch newBatch() {
        return origin.newBatch(batchSize);
    }

    /**
     * Fills a batch with the next examples.
     *
     * @param batch of {@link #newBatch()}
     * @return false at the end of the epoch, the batch is then left as it was
     * @throws IllegalArgumentException if an example's label is not one of the classes, or not 0 to 1 where labels are
     *     independent, or its value is not finite, naming the example
     * @throws IllegalStateException if the data set does not fill as many examples as it was asked for
     */
    public boolean next(Batch batch) {
        if (done == steps) {
            return false;
        }
        int count = count(examples - at, steps - done);
        origin.fill(order, at, count, batch);
        if (batch.size() != count) {
            throw new IllegalStateException("The data set " + origin.getClass().getName() + " was asked for " + count
                    + " examples but set the batch's size to " + batch.size());
        }
        checkTargets(batch);
        at += count;
        lastCount = count;
        done++;
        return true;
    }

    /**
     * Goes past batches without filling them, as a training does that is resumed within an epoch.
     *
     * @param batches how many, 0 to those that are left
     * @throws IllegalArgumentException if there are not so many
     */
    public void skip(int batches) {
        if (batches < 0 || batches > steps - done) {
            throw new IllegalArgumentException(
                    "Of the epoch's " + steps + " batches " + (steps - done) + " are left; cannot skip " + batches);
        }
        for (int i = 0; i < batches; i++) {
            lastCount = count(examples - at, steps - done);
            at += lastCount;
            done++;
        }
    }

    private int count(int left, int stepsLeft) {
        int rest = left - batchSize;
        if (stepsLeft == 2 && rest < smallest) {
            return Math.ceilDiv(left, 2);
        }
        return Math.min(batchSize, left);
    }

    private void checkTargets(Batch batch) {
        switch (batch.targets()) {
            case ClassIndices indices -> {
                int[] labels = indices.values();
                for (int row = 0; row < batch.size(); row++) {
                    if (labels[row] < 0 || labels[row] >= outputs) {
                        throw new IllegalArgumentException(
                                ExampleTargets.Classes.outOfRange(order[at + row], labels[row], outputs));
                    }
                }
            }
            case IndependentLabels labels -> {
                float[] values = labels.values();
                int width = labels.outputs();
                for (int i = 0; i < batch.size() * width; i++) {
                    if (!IndependentLabels.isLabel(values[i])) {
                        throw new IllegalArgumentException(
                                ExampleTargets.Labels.outOfRange(order[at + i / width], i % width, values[i]));
                    }
                }
            }
            case TargetValues targets -> {
                float[] values = targets.values();
                int width = targets.outputs();
                for (int i = 0; i < batch.size() * width; i++) {
                    if (!Float.isFinite(values[i])) {
                        throw new IllegalArgumentException(
                                ExampleTargets.Values.notFinite(order[at + i / width], i % width, values[i]));
                    }
                }
            }
            case SoftTargets soft -> {}
        }
    }

    /**
     * The number of batches in an epoch.
     *
     * @return at least 1
     */
    public int steps() {
        return steps;
    }

    /**
     * The number of examples that an epoch goes through.
     *
     * @return the size of the data set, or less where a rest is left out
     */
    public int examples() {
        return examples;
    }

    /**
     * The most examples in a batch.
     *
     * @return the batch size that was asked for, or the number of examples if that is less
     */
    public int batchSize() {
        return batchSize;
    }

    /**
     * The number of batches filled since the start of the epoch.
     *
     * @return 0 to {@link #steps()}
     */
    public int done() {
        return done;
    }

    /**
     * Which example stands in a row of the batch that was filled last.
     *
     * @param row 0 to the batch's size less 1
     * @return the example's index in the data set; for a {@link Dataset#subset}, in the one it was made from
     * @throws IndexOutOfBoundsException if that batch has no such row, or none was filled yet in this epoch
     */
    public int example(int row) {
        return order[at - lastCount + Objects.checkIndex(row, lastCount)];
    }
}
