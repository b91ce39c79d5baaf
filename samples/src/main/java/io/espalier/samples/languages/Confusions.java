package io.espalier.samples.languages;

import io.espalier.Predictor;
import io.espalier.data.Batch;
import io.espalier.data.BatchSequence;
import io.espalier.data.Dataset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which languages a network takes for each other. */
final class Confusions {

    /**
     * Two languages, and how many names of one were taken for the other.
     *
     * @param first index of a language
     * @param second index of another, larger
     * @param names how many, both ways together
     */
    record Pair(int first, int second, int names) {}

    private static final int BATCH = 256;

    private final int[][] counts;

    private Confusions(int[][] counts) {
        this.counts = counts;
    }

    /**
     * Counts the network's answers.
     *
     * @param predictor of a network
     * @param dataset the examples to ask about
     */
    static Confusions of(Predictor predictor, Dataset dataset) {
        int classes = dataset.outputs();
        int[][] counts = new int[classes][classes];
        float[] logits = new float[BATCH * classes];
        BatchSequence batches = BatchSequence.inOrder(dataset, BATCH);
        Batch batch = batches.newBatch();
        try (Predictor.Session session = predictor.session(BATCH)) {
            while (batches.next(batch)) {
                session.logits(batch.inputs(), batch.size(), logits);
                for (int row = 0; row < batch.size(); row++) {
                    counts[batch.labels()[row]][largest(logits, row * classes, classes)]++;
                }
            }
        }
        return new Confusions(counts);
    }

    /**
     * The pairs of languages with the most names taken wrongly.
     *
     * @param most how many pairs at most
     * @return those with any, the worst first
     */
    List<Pair> worst(int most) {
        List<Pair> pairs = new ArrayList<>();
        for (int first = 0; first < counts.length; first++) {
            for (int second = first + 1; second < counts.length; second++) {
                int names = counts[first][second] + counts[second][first];
                if (names > 0) {
                    pairs.add(new Pair(first, second, names));
                }
            }
        }
        pairs.sort(Comparator.comparingInt(Pair::names).reversed());
        return List.copyOf(pairs.subList(0, Math.min(most, pairs.size())));
    }

    private static int largest(float[] values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (values[from + i] > values[from + best]) {
                best = i;
            }
        }
        return best;
    }
}
