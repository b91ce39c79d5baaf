package io.espalier.samples.tabular;

import io.espalier.data.Batch;
import io.espalier.data.BatchSequence;
import io.espalier.data.Dataset;
import io.espalier.data.TargetValues;
import io.espalier.metric.Classification;
import io.espalier.metric.ClassificationScores;
import io.espalier.metric.Regression;
import io.espalier.metric.RegressionScores;
import java.util.function.BiConsumer;

/** What an answer that never looks at the features comes to: a network has to be better. */
final class Baseline {
    private static final int BATCH = 256;

    private Baseline() {}

    /**
     * The scores of always answering the class that most training rows have.
     *
     * @param training with classes
     * @param test with the same
     */
    static ClassificationScores majority(Dataset training, Dataset test) {
        int[] counts = new int[training.outputs()];
        forEach(training, (batch, row) -> counts[batch.labels()[row]]++);
        int majority = 0;
        for (int c = 1; c < counts.length; c++) {
            if (counts[c] > counts[majority]) {
                majority = c;
            }
        }
        int answer = majority;
        Classification answers = new Classification(counts.length);
        forEach(test, (batch, row) -> answers.add(batch.labels()[row], answer));
        return answers.scores();
    }

    /**
     * The scores of always answering the mean of the training rows, which is 0 where targets are standardized by these.
     *
     * @param test with standardized values
     */
    static RegressionScores mean(Dataset test) {
        Regression answers = new Regression(1);
        float[] zero = {0};
        forEach(test, (batch, row) -> answers.add(values(batch), row, zero, 0));
        return answers.scores();
    }

    private static float[] values(Batch batch) {
        if (batch.targets() instanceof TargetValues targets) {
            return targets.values();
        }
        throw new IllegalArgumentException("the examples have no values");
    }

    private static void forEach(Dataset dataset, BiConsumer<Batch, Integer> each) {
        BatchSequence batches = BatchSequence.inOrder(dataset, BATCH);
        Batch batch = batches.newBatch();
        while (batches.next(batch)) {
            for (int row = 0; row < batch.size(); row++) {
                each.accept(batch, row);
            }
        }
    }
}
