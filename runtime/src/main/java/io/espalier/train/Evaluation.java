package io.espalier.train;

import io.espalier.data.Dataset;
import io.espalier.metric.ClassificationScores;
import java.util.Locale;

/**
 * How good a network is on a data set, with the weights it has: no dropout, running statistics, no label smoothing.
 *
 * @param loss the mean plain cross-entropy, in nats
 * @param scores accuracy and scores per class; with soft targets, the class with the largest share is the right one
 */
public record Evaluation(double loss, ClassificationScores scores) {

    /**
     * Evaluates a network on the calling thread.
     *
     * @param network with the weights to be judged
     * @param dataset the examples
     * @param batchSize how many are predicted at a time, at least 1; memory grows with it
     * @return the loss and the scores
     * @throws IllegalArgumentException if the batch size is out of range, or the data set does not fit the network
     */
    public static Evaluation of(Trainable network, Dataset dataset, int batchSize) {
        return of(network, dataset, batchSize, 1);
    }

    /**
     * Evaluates a network on several threads; the result does not depend on how many, to the last bit.
     *
     * @param network with the weights to be judged
     * @param dataset the examples; filled by one thread at a time
     * @param batchSize how many are predicted at a time by each thread, at least 1; memory grows with it
     * @param threads how many threads to use, at least 1
     * @return the loss and the scores
     * @throws IllegalArgumentException if a number is out of range, or the data set does not fit the network
     */
    public static Evaluation of(Trainable network, Dataset dataset, int batchSize, int threads) {
        return new Evaluator(network, dataset, "data set", batchSize, threads).evaluate();
    }

    /**
     * The share of examples whose answer was right.
     *
     * @return 0 to 1
     */
    public double accuracy() {
        return scores.accuracy();
    }

    /** The loss and the accuracy. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "loss %.4f, accuracy %.2f %%", loss, 100 * accuracy());
    }
}
