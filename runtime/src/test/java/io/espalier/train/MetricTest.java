package io.espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.espalier.data.Dataset;
import io.espalier.metric.Regression;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which epoch is the best, by each number that can be watched. */
class MetricTest {
    private static final Dataset TRAIN = Examples.clouds(60, 8, 1);
    private static final Dataset VALIDATION = Examples.clouds(200, 8, 2);

    private static void bestIsTheLeast(Metric metric, ToDoubleFunction<Evaluation> cost) {
        History history = new Trainer(new LinearNetwork(8, 2, false))
                .epochs(12)
                .batchSize(8)
                .learningRate(1.5f)
                .earlyStopping(EarlyStopping.patience(12).on(metric))
                .fit(TRAIN, VALIDATION);
        int best = history.epochs().stream()
                .min(Comparator.comparingDouble(epoch -> cost.applyAsDouble(present(epoch.validation()))))
                .orElseThrow()
                .number();
        assertThat(history.bestEpoch()).as(metric.toString()).isEqualTo(best);
    }

    private static Evaluation present(@Nullable Evaluation evaluation) {
        assertThat(evaluation).isNotNull();
        return evaluation;
    }

    @Test
    void greaterOrLessIsBetterAsEachMetricHasIt() {
        bestIsTheLeast(Metric.VALIDATION_LOSS, Evaluation::loss);
        bestIsTheLeast(Metric.ACCURACY, evaluation -> -evaluation.accuracy());
        bestIsTheLeast(Metric.BALANCED_ACCURACY, evaluation -> -evaluation.balancedAccuracy());
        bestIsTheLeast(Metric.MACRO_F1, evaluation -> -evaluation.macroF1());
        bestIsTheLeast(Metric.ROC_AUC, evaluation -> -evaluation.rocAuc());
        bestIsTheLeast(Metric.CALIBRATION_ERROR, Evaluation::calibrationError);
    }

    private static Epoch ofAnswers(float... answers) {
        Regression values = new Regression(1);
        for (int i = 0; i < answers.length; i++) {
            values.add(new float[] {i}, 0, answers, i);
        }
        return new Epoch(1, 0.1f, 1, null, Evaluation.ofValues(1, values.scores()), 1, 1);
    }

    @Test
    void closerValuesCostLess() {
        Epoch near = ofAnswers(0.1f, 1, 2.1f);
        Epoch far = ofAnswers(1, 0, 3);
        for (Metric metric : new Metric[] {Metric.R2, Metric.MEAN_ABSOLUTE_ERROR}) {
            assertThat(metric.cost(near)).as(metric.toString()).isLessThan(metric.cost(far));
        }
    }

    @Test
    void metricsOfOtherLossesAreRefusedBeforeTraining() {
        LinearNetwork network = new LinearNetwork(8, 2, false);
        float[] before = network.snapshot();
        for (Metric metric : new Metric[] {Metric.R2, Metric.MEAN_ABSOLUTE_ERROR}) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> new Trainer(network)
                            .earlyStopping(EarlyStopping.patience(2).on(metric))
                            .fit(TRAIN, VALIDATION))
                    .withMessageStartingWith("Early stopping watches the " + metric
                            + ", which a network with the loss CROSS_ENTROPY does not have; Linear has")
                    .withMessageContaining("Metric.ROC_AUC");
        }
        assertThat(network.snapshot()).isEqualTo(before);
        assertThat(Metric.R2.isOf("MEAN_SQUARED_ERROR")).isTrue();
        assertThat(Metric.CALIBRATION_ERROR.isOf("BINARY_CROSS_ENTROPY")).isTrue();
        assertThat(Metric.ACCURACY.isOf("BINARY_CROSS_ENTROPY")).isFalse();
    }
}
