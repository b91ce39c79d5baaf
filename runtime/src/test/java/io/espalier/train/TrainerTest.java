package io.espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.espalier.data.Batch;
import io.espalier.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final Dataset TRAIN = Examples.clouds(333, 8, 1);
    private static final Dataset VALIDATION = Examples.clouds(100, 8, 2);

    private static LinearNetwork network() {
        return new LinearNetwork(8, 2, false);
    }

    @Test
    void learnsAndWritesItsHistory() {
        LinearNetwork network = network();
        History history = new Trainer(network)
                .epochs(5)
                .batchSize(64)
                .seed(7)
                .threads(2)
                .schedule(LearningRate.cosine().warmupEpochs(1))
                .evaluateTraining(true)
                .fit(TRAIN, VALIDATION);
        assertThat(history.epochs()).extracting(Epoch::number).containsExactly(1, 2, 3, 4, 5);
        assertThat(history.last().trainingLoss())
                .isLessThan(history.epochs().getFirst().trainingLoss());
        Evaluation validation = Evaluation.of(network, VALIDATION, 100);
        assertThat(history.last().validation()).isNotNull().satisfies(last -> {
            assertThat(last.loss()).isCloseTo(validation.loss(), within(1e-12));
            assertThat(last.accuracy()).isEqualTo(validation.accuracy()).isGreaterThan(0.85);
        });
        double gap = validation.loss() - Evaluation.of(network, TRAIN, 100).loss();
        assertThat(history.last().gap()).hasValueCloseTo(gap, within(1e-12));
        assertThat(history.epochs().getFirst().learningRate()).isEqualTo(LinearNetwork.LEARNING_RATE);
        assertThat(history.best().number()).isEqualTo(history.bestEpoch());
        assertThat(history.kept()).isEqualTo(history.last());
        assertThat(history.stoppedEarly()).isFalse();
        assertThat(history.seconds()).isPositive();
        assertThat(network.openSteps()).isZero();
    }

    /** With a rate that moves nothing, the epoch's loss is that of all examples in one batch. */
    @Test
    void theTrainingLossWeighsExamplesAsTheirClasses() {
        Dataset train = Examples.clouds(10, 8, 3);
        Batch all = train.newBatch(10);
        train.fill(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 0, 10, all);
        float[] weights = {0.1f, 3f};
        LinearNetwork network = network();
        network.parameters().get("logits.dense.bias").set(new float[] {-0.5f, 1});
        double expected;
        try (TrainingStep step = network.trainingStep(10, 1, 1)) {
            step.classWeights(weights);
            expected = step.forwardBackward(all);
        }
        for (int accumulated : new int[] {1, 2}) {
            History history = new Trainer(network)
                    .epochs(1)
                    .batchSize(4)
                    .learningRate(1e-30f)
                    .accumulate(accumulated)
                    .classWeights(weights)
                    .fit(train);
            assertThat(history.last().trainingLoss()).isCloseTo(expected, within(1e-6));
        }
    }

    @Test
    void examplesThatWeighNothingHaveNoLoss() {
        Dataset ofOneClass = Examples.ones(8, 0);
        LinearNetwork network = new LinearNetwork(1, 2, false);
        History history =
                new Trainer(network).epochs(1).batchSize(4).classWeights(0, 1).fit(ofOneClass);
        assertThat(history.last().trainingLoss()).isZero();
        assertThat(network.snapshot()).containsOnly(0f);
    }

    @Test
    void theTrainingLossIsTheMeanOverTheExamples() {
        Dataset train = Examples.clouds(10, 8, 3);
        double[] means = new double[3];
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochFinished(Epoch epoch) {}

            @Override
            public void stepFinished(int epoch, int step, double meanLoss) {
                means[step - 1] = meanLoss;
            }
        };
        // A rate so small that all steps see the same weights: batches of 4, 4 and 2 make the plain mean of all.
        LinearNetwork network = network();
        network.parameters().get("logits.dense.weight").set(new float[] {1, 2, 0, 0, 0, 0, 3, 0, 0, 1, 0, 1, 0, 1, 0, 0
        });
        double loss = Evaluation.of(network, train, 10).loss();
        History history = new Trainer(network)
                .epochs(1)
                .batchSize(4)
                .learningRate(1e-20f)
                .listener(listener)
                .fit(train);
        assertThat(history.last().trainingLoss()).isCloseTo(loss, within(1e-6));
        assertThat(means[2]).isEqualTo(history.last().trainingLoss());
    }

    @Test
    void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads() {
        float[] one = weights(7, 1);
        assertThat(weights(7, 2)).isEqualTo(one);
        assertThat(weights(7, 8)).isEqualTo(one);
        assertThat(weights(8, 1)).isNotEqualTo(one);
    }

    private static float[] weights(long seed, int threads) {
        LinearNetwork network = network();
        new Trainer(network).epochs(3).seed(seed).threads(threads).fit(TRAIN);
        return network.snapshot();
    }

    @Test
    void shufflesDifferByEpochAndAreFixedByTheSeed() {
        List<List<Integer>> orders = orders(7);
        assertThat(orders.get(0)).doesNotHaveDuplicates().hasSize(20);
        assertThat(orders.get(1)).isNotEqualTo(orders.get(0));
        assertThat(orders(7)).isEqualTo(orders);
        assertThat(orders(8)).isNotEqualTo(orders);
    }

    private static List<List<Integer>> orders(long seed) {
        Dataset examples = Examples.clouds(20, 8, 1);
        List<Integer> seen = new ArrayList<>();
        Dataset recording = new Dataset() {
            @Override
            public int size() {
                return examples.size();
            }

            @Override
            public int inputSize() {
                return examples.inputSize();
            }

            @Override
            public int outputs() {
                return examples.outputs();
            }

            @Override
            public void fill(int[] indices, int from, int count, Batch batch) {
                for (int i = 0; i < count; i++) {
                    seen.add(indices[from + i]);
                }
                examples.fill(indices, from, count, batch);
            }
        };
        new Trainer(network()).epochs(2).batchSize(8).seed(seed).fit(recording);
        return List.of(seen.subList(0, 20), seen.subList(20, 40));
    }

    @Test
    void theScheduleAppliesToEachStep() {
        List<Float> rates = new ArrayList<>();
        new Trainer(network())
                .epochs(4)
                .learningRate(0.25f)
                .schedule(LearningRate.step(2, 0.5))
                .listener(epoch -> rates.add(epoch.learningRate()))
                .fit(TRAIN);
        assertThat(rates).containsExactly(0.25f, 0.25f, 0.125f, 0.125f);
    }

    @Test
    void batchNormNeverSeesASingleExample() {
        LinearNetwork network = new LinearNetwork(8, 2, true);
        new Trainer(network).epochs(1).batchSize(4).fit(Examples.clouds(9, 8, 1));
        assertThat(network.countedSteps()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trainer(network).batchSize(1).fit(TRAIN))
                .withMessage(
                        "Linear has batch normalization (inputs.batchNorm.runningMean), which cannot train on a batch"
                                + " of one example; use batchSize(2) or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Trainer(network).fit(TRAIN.subset(0)))
                .withMessageContaining("the training set has only one");
        new Trainer(network()).batchSize(1).epochs(1).fit(TRAIN.subset(0));
    }

    @Test
    void dataThatDoesNotFitIsRefusedWithNamesAndNumbers() {
        Trainer trainer = new Trainer(network());
        Dataset wide = Examples.clouds(10, 9, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.fit(wide))
                .withMessage("The training set has 9 input values an example, but Linear takes 8, [8]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.fit(TRAIN, wide))
                .withMessageStartingWith("The validation set has 9");
        Dataset many = Dataset.of(new float[8], new int[1], 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.fit(many))
                .withMessage("The training set has 5 classes, but Linear tells 2 apart");
    }

    @Test
    void settingsAreChecked() {
        Trainer trainer = new Trainer(network());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.epochs(0))
                .withMessage("epochs must be at least 1, but it is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.batchSize(-3))
                .withMessage("batchSize must be at least 1, but it is -3");
        assertThatIllegalArgumentException().isThrownBy(() -> trainer.threads(0));
        assertThatIllegalArgumentException().isThrownBy(() -> trainer.learningRate(0));
        assertThatIllegalArgumentException().isThrownBy(() -> trainer.learningRate(Float.NaN));
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> trainer.earlyStopping(EarlyStopping.patience(1)).fit(TRAIN))
                .withMessage("Early stopping watches the validation loss, but there is no validation set; use"
                        + " fit(train, validation), or EarlyStopping.patience(…).on(Metric.TRAINING_LOSS)");
    }

    @Test
    void historiesAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new History(List.of(), 1, false, false))
                .withMessage("The best epoch is 1, but there are 0 epochs");
    }

    /** 333 examples are six batches of 64, or three steps of two of them. */
    @Test
    void everyStepIsToldHowFarTheTrainingHasCome() {
        LinearNetwork network = network();
        new Trainer(network).epochs(2).batchSize(64).fit(TRAIN);
        assertThat(network.progress())
                .containsExactlyElementsOf(
                        IntStream.range(0, 12).mapToObj(done -> done / 12.0).toList());
        LinearNetwork accumulated = network();
        new Trainer(accumulated).epochs(2).batchSize(64).accumulate(2).fit(TRAIN);
        assertThat(accumulated.progress())
                .containsExactlyElementsOf(IntStream.range(0, 12)
                        .mapToObj(batch -> batch / 2 / 6.0)
                        .toList());
    }
}
