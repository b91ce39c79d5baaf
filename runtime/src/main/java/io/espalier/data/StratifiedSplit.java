package io.espalier.data;

import io.espalier.random.Purpose;
import io.espalier.random.RandomStream;
import java.util.Arrays;

/**
 * Divides examples at random so that both sides have each class in the same share. A class's share is rounded so that the
 * sides' sizes come out as asked for (largest remainders first); a class of at least two examples is on both sides, one of
 * a single example stays in training.
 */
final class StratifiedSplit {
    private final int[] labels;
    private final int[] counts;
    private final double fraction;

    /**
     * Prepares a division.
     *
     * @param labels the class of each example, 0 to {@code classes - 1}
     */
    StratifiedSplit(int[] labels, int classes, double fraction) {
        Subset.requireShare(fraction);
        this.labels = labels;
        this.fraction = fraction;
        this.counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
    }

    /** The indices of the examples on each side, in order. */
    Sides sides(long seed) {
        int[] kept = kept();
        int validationSize = Arrays.stream(kept).sum();
        if (validationSize == 0 || validationSize == labels.length) {
            throw new IllegalArgumentException("A share of " + fraction + " of " + labels.length
                    + " examples leaves none for validation when no class may be missing in training");
        }
        int[] train = new int[labels.length - validationSize];
        int[] validation = new int[validationSize];
        boolean[] chosen = chosen(kept, seed);
        int trained = 0;
        for (int example = 0; example < labels.length; example++) {
            if (chosen[example]) {
                validation[example - trained] = example;
            } else {
                train[trained++] = example;
            }
        }
        return new Sides(train, validation);
    }

    private boolean[] chosen(int[] kept, long seed) {
        int[][] members = new int[counts.length][];
        int[] filled = new int[counts.length];
        for (int c = 0; c < counts.length; c++) {
            members[c] = new int[counts[c]];
        }
        for (int example = 0; example < labels.length; example++) {
            int c = labels[example];
            members[c][filled[c]++] = example;
        }
        boolean[] chosen = new boolean[labels.length];
        for (int c = 0; c < counts.length; c++) {
            // Stream 0 is the plain split's. A class has a stream of its own, so that no other class disturbs its
            // choice.
            new RandomStream(seed, Purpose.SPLIT, 1 + c).shuffle(members[c]);
            for (int i = 0; i < kept[c]; i++) {
                chosen[members[c][i]] = true;
            }
        }
        return chosen;
    }

    /** How many of each class are kept for validation. */
    private int[] kept() {
        int[] kept = new int[counts.length];
        long missing = Math.round(labels.length * fraction);
        for (int c = 0; c < counts.length; c++) {
            kept[c] = Math.clamp((long) (counts[c] * fraction), least(c), most(c));
            missing -= kept[c];
        }
        while (missing != 0) {
            int step = missing > 0 ? 1 : -1;
            int best = -1;
            for (int c = 0; c < counts.length; c++) {
                boolean possible = step > 0 ? kept[c] < most(c) : kept[c] > least(c);
                if (possible && (best < 0 || step * (remainder(c, kept) - remainder(best, kept)) > 0)) {
                    best = c;
                }
            }
            if (best < 0) {
                break;
            }
            kept[best] += step;
            missing -= step;
        }
        return kept;
    }

    private double remainder(int c, int[] kept) {
        return counts[c] * fraction - kept[c];
    }

    private int least(int c) {
        return counts[c] > 1 ? 1 : 0;
    }

    private int most(int c) {
        return Math.max(0, counts[c] - 1);
    }

    /** The class of each example of a data set, which has to be filled for it, once. */
    static int[] labels(Dataset dataset) {
        BatchSequence batches = BatchSequence.inOrder(dataset, 256);
        Batch batch = batches.newBatch();
        if (!(batch.targets() instanceof ClassIndices)) {
            throw new IllegalArgumentException(
                    "Only examples with a class each can be divided by class, but the targets"
                            + " of this data set are "
                            + batch.targets().getClass().getSimpleName() + "; use split(...)");
        }
        int[] labels = new int[dataset.size()];
        int done = 0;
        while (batches.next(batch)) {
            System.arraycopy(batch.labels(), 0, labels, done, batch.size());
            done += batch.size();
        }
        return labels;
    }

    /** The two sides' indices. */
    @SuppressWarnings("ArrayRecordComponent") // never leaves the package, never compared
    record Sides(int[] train, int[] validation) {}
}
