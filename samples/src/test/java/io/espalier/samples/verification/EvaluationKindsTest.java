package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.espalier.CompiledNetwork;
import io.espalier.train.Evaluation;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Evaluations of networks that answer with classes, labels and values. */
class EvaluationKindsTest {
    private static final int ROWS = 500;

    private final long seed = Seeds.draw("evaluations");
    private final CompiledNetwork classes = LossModels_ClassesNetwork.create(seed);
    private final CompiledNetwork labels = LossModels_LabelsNetwork.create(seed);
    private final CompiledNetwork values = LossModels_ValuesNetwork.create(seed);

    private Examples examples(CompiledNetwork network) {
        return Examples.draw(new Random(seed), ROWS, network.description(), false);
    }

    private static double[][] outputs(CompiledNetwork network, Examples examples) {
        int width = network.description().output()[0];
        float[] out = new float[ROWS * width];
        network.predictionPass(ROWS).logits(examples.flatInputs(), ROWS, out);
        double[][] rows = new double[ROWS][];
        for (int row = 0; row < ROWS; row++) {
            rows[row] = ReferenceNetwork.widened(Arrays.copyOfRange(out, row * width, (row + 1) * width));
        }
        return rows;
    }

    /** The share of pairs of which the one that holds has the greater score, ties by half. */
    private static double area(double[] scores, boolean[] holds) {
        double right = 0;
        double pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (holds[i] && !holds[j]) {
                    pairs++;
                    right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        return right / pairs;
    }

    private static double macroArea(double[][] scores, double[][] targets) {
        int width = scores[0].length;
        double sum = 0;
        for (int k = 0; k < width; k++) {
            double[] column = new double[ROWS];
            boolean[] holds = new boolean[ROWS];
            for (int row = 0; row < ROWS; row++) {
                column[row] = scores[row][k];
                holds[row] = targets[row][k] > 0.5;
            }
            sum += area(column, holds);
        }
        return sum / width;
    }

    @Test
    void ofClasses() {
        Examples examples = examples(classes);
        double[][] logits = outputs(classes, examples);
        Evaluation evaluation = Evaluation.withRanking(classes, examples.dataset(), 64, 2);
        assertThat(evaluation.loss())
                .isCloseTo(ReferenceMath.crossEntropy(logits, examples.wideTargets(), 0), within(1e-6));
        assertThat(evaluation.macroF1()).isEqualTo(evaluation.scores().macroF1());
        assertThat(evaluation.balancedAccuracy()).isEqualTo(evaluation.scores().balancedAccuracy());
        double[][] probabilities =
                Arrays.stream(logits).map(ReferenceMath::softmax).toArray(double[][]::new);
        assertThat(evaluation.rocAuc()).isCloseTo(macroArea(probabilities, examples.wideTargets()), within(1e-4));
        assertThat(evaluation.reliability().examples()).isEqualTo(ROWS);
        assertThat(evaluation.calibrationError()).isBetween(0.0, 1.0);
        assertThat(evaluation).asString().contains("accuracy");
        assertThatIllegalStateException()
                .isThrownBy(evaluation::r2)
                .withMessage("There is no R², because the loss is CROSS_ENTROPY: what the network answers are classes");
        assertThatIllegalStateException()
                .isThrownBy(Evaluation.of(classes, examples.dataset(), 64)::rocAuc)
                .withMessageContaining("Evaluation.withRanking");
    }

    @Test
    void ofLabels() {
        Examples examples = examples(labels);
        double[][] logits = outputs(labels, examples);
        Evaluation evaluation = Evaluation.withRanking(labels, examples.dataset(), 64, 2);
        assertThat(evaluation.loss())
                .isCloseTo(ReferenceMath.binaryCrossEntropy(logits, examples.wideTargets()), within(1e-6));
        assertThat(evaluation.rocAuc()).isCloseTo(macroArea(logits, examples.wideTargets()), within(1e-6));
        long right = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int k = 0; k < 19; k++) {
                right += logits[row][k] > 0 == examples.targets()[row][k] > 0.5f ? 1 : 0;
            }
        }
        assertThat(evaluation.labelScores().labelAccuracy()).isCloseTo(right / (ROWS * 19.0), within(1e-12));
        assertThat(evaluation.reliability().examples()).isEqualTo(ROWS * 19);
        assertThat(evaluation.macroF1()).isEqualTo(evaluation.labelScores().macroF1());
        assertThat(evaluation).asString().contains("F1");
        assertThatIllegalStateException()
                .isThrownBy(evaluation::accuracy)
                .withMessageContaining("BINARY_CROSS_ENTROPY: what the network answers are independent labels");
    }

    @Test
    void ofValues() {
        Examples examples = examples(values);
        double[][] y = outputs(values, examples);
        Evaluation evaluation = Evaluation.of(values, examples.dataset(), 64, 2);
        double squared = ReferenceMath.meanSquaredError(y, examples.wideTargets());
        assertThat(evaluation.loss()).isCloseTo(squared, within(1e-6 * squared));
        double absolute = 0;
        double r2 = 0;
        for (int k = 0; k < 3; k++) {
            double mean = 0;
            for (double[] target : examples.wideTargets()) {
                mean += target[k] / ROWS;
            }
            double residual = 0;
            double spread = 0;
            for (int row = 0; row < ROWS; row++) {
                double target = examples.targets()[row][k];
                absolute += Math.abs(y[row][k] - target) / (3 * ROWS);
                residual += (y[row][k] - target) * (y[row][k] - target);
                spread += (target - mean) * (target - mean);
            }
            r2 += (1 - residual / spread) / 3;
        }
        assertThat(evaluation.meanAbsoluteError()).isCloseTo(absolute, within(1e-6));
        assertThat(evaluation.r2()).isCloseTo(r2, within(1e-6));
        assertThat(evaluation.valueScores().rootMeanSquaredError(0)).isPositive();
        assertThat(evaluation).asString().contains("MAE");
        assertThatIllegalStateException()
                .isThrownBy(evaluation::calibrationError)
                .withMessageContaining("MEAN_SQUARED_ERROR");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluation.withRanking(values, examples.dataset(), 64, 1))
                .withMessageContaining("rank nothing");
    }

    @Test
    void noneDependsOnThreads() {
        Examples examples = examples(values);
        Evaluation alone = Evaluation.of(values, examples.dataset(), 16, 1);
        for (int threads : new int[] {2, 3, 8}) {
            Evaluation together = Evaluation.of(values, examples.dataset(), 16, threads);
            assertThat(together.loss()).isEqualTo(alone.loss());
            assertThat(together.r2()).isEqualTo(alone.r2());
            assertThat(together.meanAbsoluteError()).isEqualTo(alone.meanAbsoluteError());
            assertThat(together.rootMeanSquaredError()).isEqualTo(alone.rootMeanSquaredError());
        }
        Evaluation one = Evaluation.withRanking(labels, examples(labels).dataset(), 16, 1);
        Evaluation several = Evaluation.withRanking(labels, examples(labels).dataset(), 16, 4);
        assertThat(several.loss()).isEqualTo(one.loss());
        assertThat(several.rocAuc()).isEqualTo(one.rocAuc());
        assertThat(several.calibrationError()).isEqualTo(one.calibrationError());
        assertThat(several.macroF1()).isEqualTo(one.macroF1());
    }
}
