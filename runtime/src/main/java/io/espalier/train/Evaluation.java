package io.espalier.train;

import io.espalier.data.Dataset;
import io.espalier.metric.ClassificationScores;
import io.espalier.metric.LabellingScores;
import io.espalier.metric.RankingScores;
import io.espalier.metric.RegressionScores;
import io.espalier.metric.Reliability;
import io.espalier.metric.ScoreTexts;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How good a network is on a data set, with the weights it has: no dropout, running statistics, no label smoothing, no class
 * weights. The loss is always there; what else there is depends on what the network is trained to answer, and asking for what
 * there is not throws an {@link IllegalStateException} that says so.
 */
public final class Evaluation {
    // How a checkpoint writes it.
    private static final String BETWEEN = "/";
    private static final String NONE = "-";
    private static final int PARTS = 5;

    private final LossFunction function;
    private final double loss;
    private final @Nullable ClassificationScores classes;
    private final @Nullable LabellingScores labels;
    private final @Nullable RegressionScores values;
    private final @Nullable Reliability reliability;
    private final @Nullable RankingScores ranking;

    private Evaluation(
            LossFunction function,
            double loss,
            @Nullable ClassificationScores classes,
            @Nullable LabellingScores labels,
            @Nullable RegressionScores values,
            @Nullable Reliability reliability,
            @Nullable RankingScores ranking) {
        this.function = function;
        this.loss = loss;
        this.classes = classes;
        this.labels = labels;
        this.values = values;
        this.reliability = reliability;
        this.ranking = ranking;
    }

    /** That of a network whose outputs are not finite, so that they have no scores. */
    static Evaluation withoutScores(LossFunction function, double loss) {
        return new Evaluation(function, loss, null, null, null, null, null);
    }

    static Evaluation ofClasses(
            double loss,
            ClassificationScores scores,
            @Nullable Reliability reliability,
            @Nullable RankingScores ranking) {
        return new Evaluation(LossFunction.CROSS_ENTROPY, loss, scores, null, null, reliability, ranking);
    }

    static Evaluation ofLabels(
            double loss, LabellingScores scores, Reliability reliability, @Nullable RankingScores ranking) {
        return new Evaluation(LossFunction.BINARY_CROSS_ENTROPY, loss, null, scores, null, reliability, ranking);
    }

    static Evaluation ofValues(double loss, RegressionScores scores) {
        return new Evaluation(LossFunction.MEAN_SQUARED_ERROR, loss, null, null, scores, null, null);
    }

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
        return new Evaluator(network, dataset, "data set", batchSize, threads, false).evaluate();
    }

    /**
     * As {@link #of(Trainable, Dataset, int, int)}, and gathers the scores by which the network ranks the examples, for
     * {@link #rocAuc()}: 4 bytes for each example and class or label.
     *
     * @param network with the weights to be judged, one of classes or labels
     * @param dataset the examples; filled by one thread at a time
     * @param batchSize how many are predicted at a time by each thread, at least 1; memory grows with it
     * @param threads how many threads to use, at least 1
     * @return the loss and the scores
     * @throws IllegalArgumentException if a number is out of range, the data set does not fit the network, or the network
     *     answers with values, which rank nothing
     */
    public static Evaluation withRanking(Trainable network, Dataset dataset, int batchSize, int threads) {
        return new Evaluator(network, dataset, "data set", batchSize, threads, true).evaluate();
    }

    /**
     * The plain loss: cross-entropy in nats, the mean over the examples; for independent labels and for values the mean over
     * examples and outputs.
     *
     * @return at least 0
     */
    public double loss() {
        return loss;
    }

    /**
     * Accuracy and scores per class; with soft targets, the class with the largest share is the right one.
     *
     * @return the scores
     * @throws IllegalStateException if the network does not tell classes apart
     */
    public ClassificationScores scores() {
        return present(classes, "scores per class", LossFunction.CROSS_ENTROPY);
    }

    /**
     * Scores per label, where a label is answered from a probability of more than 0.5 on, and right from a target of more than
     * 0.5 on.
     *
     * @return the scores
     * @throws IllegalStateException if the network does not answer with independent labels
     */
    public LabellingScores labelScores() {
        return present(labels, "scores per label", LossFunction.BINARY_CROSS_ENTROPY);
    }

    /**
     * Scores per value.
     *
     * @return the scores
     * @throws IllegalStateException if the network does not answer with values
     */
    public RegressionScores valueScores() {
        return present(values, "scores per value", LossFunction.MEAN_SQUARED_ERROR);
    }

    /**
     * How well the network knows what it knows: for classes, the probability of its answers against the share of them that is
     * right; for labels, the probability of each label against how often it holds.
     *
     * @return the bins
     * @throws IllegalStateException if the network answers with values
     */
    public Reliability reliability() {
        return present(reliability, "calibration", LossFunction.CROSS_ENTROPY, LossFunction.BINARY_CROSS_ENTROPY);
    }

    /**
     * How well the network ranks: for two classes one column, the second against the first; for more classes and for labels a
     * column each.
     *
     * @return the areas
     * @throws IllegalStateException if they were not asked for, by {@link #withRanking} or by early stopping
     */
    public RankingScores ranking() {
        if (ranking == null && (classes != null || labels != null)) {
            throw new IllegalStateException(
                    "The ranking was not asked for, because it keeps a score of every example; use"
                            + " Evaluation.withRanking(…)");
        }
        return present(ranking, "ranking", LossFunction.CROSS_ENTROPY, LossFunction.BINARY_CROSS_ENTROPY);
    }

    /**
     * The share of examples whose class was answered.
     *
     * @return 0 to 1
     * @throws IllegalStateException if the network does not tell classes apart
     */
    public double accuracy() {
        return present(classes, "accuracy", LossFunction.CROSS_ENTROPY).accuracy();
    }

    /**
     * The mean of the classes' recalls: the accuracy, if all classes had as many examples.
     *
     * @return 0 to 1
     * @throws IllegalStateException if the network does not tell classes apart
     */
    public double balancedAccuracy() {
        return present(classes, "balanced accuracy", LossFunction.CROSS_ENTROPY).balancedAccuracy();
    }

    /**
     * The plain mean of F1 over the classes or labels that occur.
     *
     * @return 0 to 1
     * @throws IllegalStateException if the network answers with values
     */
    public double macroF1() {
        if (labels != null) {
            return labels.macroF1();
        }
        return present(classes, "F1", LossFunction.CROSS_ENTROPY, LossFunction.BINARY_CROSS_ENTROPY)
                .macroF1();
    }

    /**
     * The area under the ROC curve: of the second of two classes; for more classes the mean of each against the rest, for
     * labels the mean over them.
     *
     * @return 0 to 1; 0.5 for guesses
     * @throws IllegalStateException if it was not asked for (see {@link #ranking()}), or is not defined because there is
     *     nothing to tell apart
     */
    public double rocAuc() {
        return ranking()
                .macroArea()
                .orElseThrow(() -> new IllegalStateException(
                        "The area under the ROC curve is not defined: the data set has no class or label that some of its"
                                + " examples have and others have not"));
    }

    /**
     * The expected calibration error, over the bins of {@link #reliability()}.
     *
     * @return 0 to 1, 0 for a network whose probabilities can be taken at their word
     * @throws IllegalStateException if the network answers with values
     */
    public double calibrationError() {
        return reliability().expectedCalibrationError();
    }

    /**
     * R², the share of the values' variance that is explained; the mean over the outputs whose values vary.
     *
     * @return at most 1; 0 for a network that always answers the mean
     * @throws IllegalStateException if the network does not answer with values, or the data set's are all the same
     */
    public double r2() {
        return present(values, "R²", LossFunction.MEAN_SQUARED_ERROR)
                .r2()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "R² is not defined: the values of the data set are all the same, and there is nothing to explain"));
    }

    /**
     * The mean absolute error, over examples and outputs.
     *
     * @return in the unit of the values
     * @throws IllegalStateException if the network does not answer with values
     */
    public double meanAbsoluteError() {
        return present(values, "absolute error", LossFunction.MEAN_SQUARED_ERROR)
                .meanAbsoluteError();
    }

    /**
     * The root of the mean squared error of each output; the mean over the outputs.
     *
     * @return in the unit of the values
     * @throws IllegalStateException if the network does not answer with values
     */
    public double rootMeanSquaredError() {
        return present(values, "squared error", LossFunction.MEAN_SQUARED_ERROR).rootMeanSquaredError();
    }

    private <T> T present(@Nullable T score, String what, LossFunction... having) {
        if (score != null) {
            return score;
        }
        for (LossFunction each : having) {
            if (each == function) {
                throw new IllegalStateException(
                        "There is no " + what + ": the network's outputs are not finite, its loss is " + loss);
            }
        }
        throw new IllegalStateException("There is no " + what + ", because the loss is " + function
                + ": what the network answers are " + function.targets());
    }

    /** All that there is as text, for a checkpoint. */
    String write() {
        String scores = NONE;
        if (classes != null) {
            scores = ScoreTexts.write(classes);
        } else if (labels != null) {
            scores = ScoreTexts.write(labels);
        } else if (values != null) {
            scores = ScoreTexts.write(values);
        }
        return String.join(
                BETWEEN,
                function.name(),
                Double.toString(loss),
                scores,
                reliability == null ? NONE : ScoreTexts.write(reliability),
                ranking == null ? NONE : ScoreTexts.write(ranking));
    }

    /**
     * The reverse of {@link #write}.
     *
     * @throws IllegalArgumentException if the text is no evaluation
     */
    static Evaluation read(String text) {
        String[] parts = text.split(BETWEEN, -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("an evaluation has " + PARTS + " parts, not " + parts.length);
        }
        LossFunction function = LossFunction.valueOf(parts[0]);
        double loss = Double.parseDouble(parts[1]);
        Reliability reliability = parts[3].equals(NONE) ? null : ScoreTexts.reliability(parts[3]);
        RankingScores ranking = parts[4].equals(NONE) ? null : ScoreTexts.ranking(parts[4]);
        if (parts[2].equals(NONE)) {
            return withoutScores(function, loss);
        }
        return switch (function) {
            case CROSS_ENTROPY ->
                new Evaluation(function, loss, ScoreTexts.classification(parts[2]), null, null, reliability, ranking);
            case BINARY_CROSS_ENTROPY ->
                new Evaluation(function, loss, null, ScoreTexts.labelling(parts[2]), null, reliability, ranking);
            case MEAN_SQUARED_ERROR ->
                new Evaluation(function, loss, null, null, ScoreTexts.regression(parts[2]), reliability, ranking);
        };
    }

    /** The number that says most besides the loss, for a line of a log. */
    String telling() {
        if (classes != null) {
            return String.format(Locale.ROOT, "%.2f %%", 100 * classes.accuracy());
        }
        if (labels != null) {
            return String.format(Locale.ROOT, "F1 %.4f", labels.macroF1());
        }
        return values == null ? "no scores" : String.format(Locale.ROOT, "MAE %.4g", values.meanAbsoluteError());
    }

    /** The loss and the number that says most besides it: accuracy, F1 or mean absolute error. */
    @Override
    public String toString() {
        String kind = classes != null ? "accuracy " : "";
        return String.format(Locale.ROOT, "loss %.4f, %s%s", loss, kind, telling());
    }
}
