package io.espalier.samples.xray;

import io.espalier.Uncertainty;
import io.espalier.data.Batch;
import io.espalier.data.BatchSequence;
import io.espalier.data.Dataset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How sure a network is of each picture, by predictions with noise, and whether it is right where it is sure. */
final class Doubts {
    private static final int SAMPLES = 100;
    private static final int SHOWN = 8;
    private static final int BATCH = 256;

    /** What counts as unsure: the tenth of the pictures with the greatest predictive entropy. */
    private static final double UNSURE = 0.1;

    private record Doubt(int picture, int right, Uncertainty uncertainty) {
        boolean answeredRight() {
            return uncertainty.likeliest() == right;
        }
    }

    /** The least sure first. */
    private final List<Doubt> doubts;

    private Doubts(List<Doubt> doubts) {
        this.doubts = doubts;
    }

    /**
     * Asks a network about pictures, {@value #SAMPLES} times each.
     *
     * @param network with its weights
     * @param pictures with their classes
     * @param seed fixes the noise
     */
    static Doubts of(RegularizedXrayNetwork network, Dataset pictures, long seed) {
        BatchSequence batches = BatchSequence.inOrder(pictures, BATCH);
        Batch batch = batches.newBatch();
        List<Doubt> doubts = new ArrayList<>();
        while (batches.next(batch)) {
            float[] inputs = new float[batch.size() * pictures.inputSize()];
            System.arraycopy(batch.inputs(), 0, inputs, 0, inputs.length);
            List<Uncertainty> answers = network.monteCarlo(SAMPLES, seed).estimates(inputs, batch.size());
            for (int row = 0; row < batch.size(); row++) {
                doubts.add(new Doubt(doubts.size(), batch.labels()[row], answers.get(row)));
            }
        }
        doubts.sort(
                Comparator.comparingDouble((Doubt doubt) -> doubt.uncertainty().predictiveEntropy())
                        .reversed());
        return new Doubts(doubts);
    }

    /** The share of right answers among the tenth of the pictures that the network is least sure of. */
    double unsureAccuracy() {
        return accuracy(doubts.subList(0, unsure()));
    }

    /** The share of right answers among all other pictures. */
    double sureAccuracy() {
        return accuracy(doubts.subList(unsure(), doubts.size()));
    }

    private int unsure() {
        return Math.clamp(Math.round(UNSURE * doubts.size()), 1, doubts.size() - 1);
    }

    private static double accuracy(List<Doubt> some) {
        return (double) some.stream().filter(Doubt::answeredRight).count() / some.size();
    }

    /**
     * The pictures that the network is least sure of, a line each.
     *
     * @param names of the classes
     */
    String told(List<String> names) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Least sure of, by %d predictions with noise: entropy is all the doubt there is, mutual information what%n"
                        + "the predictions disagree about, which more examples could teach (in nats).%n"
                        + "picture  entropy  mutual information  right answer  its answer%n",
                SAMPLES));
        for (Doubt doubt : doubts.subList(0, Math.min(SHOWN, doubts.size()))) {
            Uncertainty uncertainty = doubt.uncertainty();
            int answer = uncertainty.likeliest();
            text.append(String.format(
                    Locale.ROOT,
                    "%7d  %7.3f  %18.3f  %-12s  %s, %.0f %% ± %.0f%n",
                    doubt.picture(),
                    uncertainty.predictiveEntropy(),
                    uncertainty.mutualInformation(),
                    names.get(doubt.right()),
                    names.get(answer),
                    100 * uncertainty.mean()[answer],
                    100 * uncertainty.standardDeviation()[answer]));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "Of the tenth it is least sure of, %.1f %% of the answers are right; of the others, %.1f %%.",
                        100 * unsureAccuracy(),
                        100 * sureAccuracy()))
                .toString();
    }
}
