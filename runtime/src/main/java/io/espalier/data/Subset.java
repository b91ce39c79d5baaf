package io.espalier.data;

import io.espalier.random.Purpose;
import io.espalier.random.RandomStream;
import java.util.Arrays;

/** A view of some examples of another data set; a view of a view is made over the original. */
final class Subset implements Dataset {
    private final Dataset origin;
    private final int[] indices;

    private Subset(Dataset origin, int[] indices) {
        this.origin = origin;
        this.indices = indices;
    }

    static Dataset of(Dataset dataset, int[] indices) {
        if (indices.length == 0) {
            throw new IllegalArgumentException("A subset needs at least one example, but no index was given");
        }
        int size = dataset.size();
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] < 0 || indices[i] >= size) {
                throw new IllegalArgumentException("Index " + indices[i] + " at place " + i
                        + " of the subset is out of range: the data set has examples 0 to " + (size - 1));
            }
        }
        if (dataset instanceof Subset view) {
            return new Subset(view.origin, view.resolve(indices, 0, indices.length));
        }
        return new Subset(dataset, indices.clone());
    }

    static Split split(Dataset dataset, double validationFraction, long seed) {
        StratifiedSplit.Sides sides = sides(dataset.size(), validationFraction, seed);
        return new Split(dataset.subset(sides.train()), dataset.subset(sides.validation()));
    }

    static StratifiedSplit.Sides sides(int size, double validationFraction, long seed) {
        requireShare(validationFraction);
        int kept = (int) Math.round(size * validationFraction);
        if (kept == 0 || kept == size) {
            throw new IllegalArgumentException("A share of " + validationFraction + " of " + size + " examples leaves "
                    + (kept == 0 ? "none for validation" : "none to train on"));
        }
        int[] order = BatchSequence.identity(size);
        new RandomStream(seed, Purpose.SPLIT, 0).shuffle(order);
        int[] validation = Arrays.copyOfRange(order, 0, kept);
        int[] train = Arrays.copyOfRange(order, kept, size);
        Arrays.sort(validation);
        Arrays.sort(train);
        return new StratifiedSplit.Sides(train, validation);
    }

    static void requireShare(double validationFraction) {
        if (!(validationFraction > 0 && validationFraction < 1)) {
            throw new IllegalArgumentException(
                    "The share kept for validation must be more than 0 and less than 1, but it is "
                            + validationFraction);
        }
    }

    /** The data set that the indices of {@link #resolve} refer to. */
    Dataset origin() {
        return origin;
    }

    /** The same choice from another data set of as many examples. */
    Subset over(Dataset other) {
        return new Subset(other, indices);
    }

    int[] resolve(int[] places, int from, int count) {
        int[] resolved = new int[count];
        for (int i = 0; i < count; i++) {
            resolved[i] = indices[places[from + i]];
        }
        return resolved;
    }

    @Override
    public int size() {
        return indices.length;
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
    public void fill(int[] places, int from, int count, Batch batch) {
        origin.fill(resolve(places, from, count), 0, count, batch);
    }
}
