package io.espalier.samples.languages;

import io.espalier.CompiledNetwork;
import io.espalier.train.EarlyStopping;
import io.espalier.train.Epoch;
import io.espalier.train.Evaluation;
import io.espalier.train.History;
import io.espalier.train.LearningRate;
import io.espalier.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * One of the networks that are compared, with the weights of its best epoch.
 *
 * @param name what the tables call it
 * @param network the network
 * @param training how good it is on the names that it was trained on
 * @param validation how good it is on those held out
 * @param history how it was trained, or null if it was loaded
 */
record Contender(
        String name,
        CompiledNetwork network,
        Evaluation training,
        Evaluation validation,
        @Nullable History history) {

    private static final int BATCH = 128;
    private static final int EVALUATION_BATCH = 1024;
    private static final double WARMUP_EPOCHS = 1;

    /**
     * How to train.
     *
     * @param epochs at least 1
     * @param seed fixes the order of the names and the masks
     * @param threads at least 1
     */
    record Settings(int epochs, long seed, int threads) {}

    /**
     * Trains a network for all epochs, and leaves it with the weights that did best on the held-out names.
     *
     * @param name what the tables shall call it
     * @param network is trained
     * @param data the names
     * @param settings how
     * @param listener is told of every epoch
     */
    static Contender trained(
            String name, CompiledNetwork network, LanguageData data, Settings settings, TrainingListener listener) {
        History history = network.trainer()
                .epochs(settings.epochs())
                .batchSize(BATCH)
                .seed(settings.seed())
                .threads(settings.threads())
                .schedule(LearningRate.cosine().warmupEpochs(WARMUP_EPOCHS))
                .earlyStopping(EarlyStopping.patience(settings.epochs()))
                .listener(listener)
                .fit(data.training(), data.validation());
        return evaluated(name, network, data, settings.threads(), history);
    }

    /**
     * Takes a network as it is.
     *
     * @param name what the tables shall call it
     * @param network has its weights
     * @param data the names
     * @param threads at least 1
     */
    static Contender loaded(String name, CompiledNetwork network, LanguageData data, int threads) {
        return evaluated(name, network, data, threads, null);
    }

    private static Contender evaluated(
            String name, CompiledNetwork network, LanguageData data, int threads, @Nullable History history) {
        return new Contender(
                name,
                network,
                Evaluation.of(network, data.training(), EVALUATION_BATCH, threads),
                Evaluation.of(network, data.validation(), EVALUATION_BATCH, threads),
                history);
    }

    /** How much larger the loss is on the held-out names than on those trained on. */
    double gap() {
        return validation.loss() - training.loss();
    }

    /**
     * What the training steps of an epoch take: the median, because in the first one the machine code is still being made.
     *
     * @param history how it was trained
     * @return seconds
     */
    static double secondsPerEpoch(History history) {
        double[] sorted =
                history.epochs().stream().mapToDouble(Epoch::seconds).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
