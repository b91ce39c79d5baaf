package io.espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.espalier.data.Batch;
import io.espalier.data.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {
    private static final float[] INPUTS = {1, 0, 0, 1, 1, 1};

    /** Logits 2·x₀ − x₁ + 0.5, 3·x₁ and 0. */
    private static LinearNetwork network() {
        LinearNetwork network = new LinearNetwork(2, 3, false);
        network.parameters().get("logits.dense.weight").set(new float[] {2, -1, 0, 3, 0, 0});
        network.parameters().get("logits.dense.bias").set(new float[] {0.5f, 0, 0});
        return network;
    }

    private static double logSumExp(double... logits) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit);
        }
        return Math.log(sum);
    }

    @Test
    void lossAndScoresAreThoseOfTheLogits() {
        Evaluation evaluation = Evaluation.of(network(), Dataset.of(INPUTS, new int[] {0, 2, 1}, 3), 2);
        double expected = logSumExp(2.5, 0, 0) - 2.5 + logSumExp(-0.5, 3, 0) + logSumExp(1.5, 3, 0) - 3;
        assertThat(evaluation.loss()).isCloseTo(expected / 3, within(1e-7));
        assertThat(evaluation.accuracy()).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(evaluation.scores().recall(2)).isZero();
        assertThat(evaluation.scores().precision(1)).isEqualTo(0.5);
        assertThat(evaluation).hasToString("loss 1.1568, accuracy 66.67 %");
    }

    @Test
    void softTargetsAreJudgedByTheirLargestShare() {
        Dataset soft = new Dataset() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public int inputSize() {
                return 2;
            }

            @Override
            public int outputs() {
                return 3;
            }

            @Override
            public Batch newBatch(int capacity) {
                return Batch.allocateSoft(capacity, 2, 3);
            }

            @Override
            public void fill(int[] indices, int from, int count, Batch batch) {
                System.arraycopy(new float[] {1, 0}, 0, batch.inputs(), 0, 2);
                System.arraycopy(new float[] {0.75f, 0.25f, 0}, 0, batch.softTargets(), 0, 3);
                batch.setSize(1);
            }
        };
        Evaluation evaluation = Evaluation.of(network(), soft, 1);
        assertThat(evaluation.accuracy()).isEqualTo(1);
        assertThat(evaluation.loss()).isCloseTo(logSumExp(2.5, 0, 0) - 0.75 * 2.5, within(1e-7));
    }

    @Test
    void largeLogitsDoNotOverflow() {
        LinearNetwork network = new LinearNetwork(1, 2, false);
        network.parameters().get("logits.dense.weight").set(new float[] {3e4f, -3e4f});
        Evaluation evaluation = Evaluation.of(network, Dataset.of(new float[] {1}, new int[] {1}, 2), 1);
        assertThat(evaluation.loss()).isEqualTo(6e4);
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "8"})
    void threadsDoNotShow(int threads) {
        LinearNetwork network = new LinearNetwork(5, 2, false);
        network.parameters().get("logits.dense.weight").set(new float[] {0, 0, 0, 0, 0, 1, 2, 3, -4, 5});
        Dataset dataset = Examples.clouds(1_001, 5, 11);
        Evaluation alone = Evaluation.of(network, dataset, 16);
        Evaluation together = Evaluation.of(network, dataset, 16, threads);
        assertThat(together.loss()).isEqualTo(alone.loss());
        assertThat(together.accuracy()).isEqualTo(alone.accuracy());
        assertThat(together.scores().examples()).isEqualTo(1_001);
        assertThat(together.scores().f1(1)).isEqualTo(alone.scores().f1(1));
    }

    @ParameterizedTest
    @CsvSource({"1", "4"})
    void whatADatasetThrowsComesThrough(int threads) {
        Dataset broken = new BrokenDataset();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluation.of(network(), broken, 4, threads))
                .withMessage("line 17 is no number");
    }

    @Test
    void sizesThatDoNotFitAreRefusedWithNamesAndNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluation.of(network(), Dataset.of(new float[6], new int[2], 3), 4))
                .withMessage("The data set has 3 input values an example, but Linear takes 2, [2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluation.of(network(), Dataset.of(new float[6], new int[3], 2), 4))
                .withMessage("The data set has 2 classes, but Linear tells 3 apart");
        Dataset fitting = Dataset.of(INPUTS, new int[3], 3);
        assertThatIllegalArgumentException().isThrownBy(() -> Evaluation.of(network(), fitting, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Evaluation.of(network(), fitting, 1, 0));
    }

    private static final class BrokenDataset implements Dataset {
        @Override
        public int size() {
            return 100;
        }

        @Override
        public int inputSize() {
            return 2;
        }

        @Override
        public int outputs() {
            return 3;
        }

        @Override
        public void fill(int[] indices, int from, int count, Batch batch) {
            if (indices[from] >= 16) {
                throw new IllegalArgumentException("line 17 is no number");
            }
            batch.setSize(count);
        }
    }
}
