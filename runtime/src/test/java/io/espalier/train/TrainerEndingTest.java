package io.espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.espalier.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** How a training ends: early, at its last epoch, or badly; and with which weights. */
class TrainerEndingTest {
    private static final Dataset CERTAIN = Examples.ones(20, 1);
    private static final Dataset DOUBTFUL = Examples.ones(20, 0.7);

    /** Trains towards certainty and validates on doubt; keeps every epoch's weights. */
    private static History train(LinearNetwork network, int epochs, EarlyStopping rule, List<float[]> weights) {
        return new Trainer(network)
                .epochs(epochs)
                .batchSize(10)
                .learningRate(0.05f)
                .earlyStopping(rule)
                .listener(epoch -> weights.add(network.snapshot()))
                .fit(CERTAIN, DOUBTFUL);
    }

    private static int bestByValidation(History history) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (Epoch epoch : history.epochs()) {
            Evaluation validation = epoch.validation();
            if (validation != null && validation.loss() < least) {
                least = validation.loss();
                best = epoch.number();
            }
        }
        return best;
    }

    @Test
    void earlyStoppingRestoresTheBestEpochWithItsRunningStatistics() {
        LinearNetwork network = new LinearNetwork(1, 2, true);
        List<float[]> weights = new ArrayList<>();
        History history = train(network, 100, EarlyStopping.patience(3), weights);
        int best = bestByValidation(history);
        assertThat(best).isBetween(2, 96);
        assertThat(history.bestEpoch()).isEqualTo(best);
        assertThat(history.epochs()).hasSize(best + 3);
        assertThat(history.stoppedEarly()).isTrue();
        assertThat(history.bestRestored()).isTrue();
        assertThat(history.kept()).isEqualTo(history.best());
        assertThat(network.snapshot()).isEqualTo(weights.get(best - 1));
        assertThat(network.countedSteps()).isEqualTo(2 * best);
    }

    @Test
    void theBestIsRestoredAlsoAtTheLastEpoch() {
        LinearNetwork network = new LinearNetwork(1, 2, true);
        int best = train(new LinearNetwork(1, 2, true), 100, EarlyStopping.patience(3), new ArrayList<>())
                .bestEpoch();
        List<float[]> weights = new ArrayList<>();
        History history = train(network, best + 1, EarlyStopping.patience(3), weights);
        assertThat(history.epochs()).hasSize(best + 1);
        assertThat(history.stoppedEarly()).isFalse();
        assertThat(history.bestRestored()).isTrue();
        assertThat(network.snapshot()).isEqualTo(weights.get(best - 1));
    }

    @Test
    void aLastEpochThatIsTheBestStays() {
        LinearNetwork network = new LinearNetwork(1, 2, false);
        List<float[]> weights = new ArrayList<>();
        History history = train(network, 2, EarlyStopping.patience(3), weights);
        assertThat(history.bestEpoch()).isEqualTo(2);
        assertThat(history.bestRestored()).isFalse();
        assertThat(network.snapshot()).isEqualTo(weights.get(1));
    }

    @Test
    void patienceThatRunsOutWithTheEpochsStopsNothingEarly() {
        LinearNetwork network = new LinearNetwork(1, 2, false);
        int best = train(new LinearNetwork(1, 2, false), 100, EarlyStopping.patience(3), new ArrayList<>())
                .bestEpoch();
        History history = train(network, best + 3, EarlyStopping.patience(3), new ArrayList<>());
        assertThat(history.stoppedEarly()).isFalse();
        assertThat(history.bestRestored()).isTrue();
    }

    @Test
    void withoutEarlyStoppingTheLastWeightsStayAndTheBestEpochIsToldAllTheSame() {
        LinearNetwork network = new LinearNetwork(1, 2, false);
        List<float[]> weights = new ArrayList<>();
        History history = new Trainer(network)
                .epochs(60)
                .batchSize(10)
                .learningRate(0.05f)
                .listener(epoch -> weights.add(network.snapshot()))
                .fit(CERTAIN, DOUBTFUL);
        assertThat(history.bestEpoch()).isEqualTo(bestByValidation(history)).isLessThan(60);
        assertThat(history.bestRestored()).isFalse();
        assertThat(network.snapshot()).isEqualTo(weights.getLast());
    }

    @Test
    void otherMeasuresCanBeWatched() {
        LinearNetwork network = new LinearNetwork(1, 2, false);
        History accurate = train(network, 20, EarlyStopping.patience(3).on(Metric.ACCURACY), new ArrayList<>());
        // 70 % from the first epoch on: of equals the first is the best.
        assertThat(accurate.bestEpoch()).isEqualTo(1);
        assertThat(accurate.epochs()).hasSize(4);
        History lower = new Trainer(new LinearNetwork(1, 2, false))
                .epochs(20)
                .earlyStopping(EarlyStopping.patience(3).on(Metric.TRAINING_LOSS))
                .fit(CERTAIN);
        assertThat(lower.bestEpoch()).isEqualTo(20);
    }

    @Test
    void aLossThatIsNotFiniteGivesTheLastGoodWeightsBack() {
        LinearNetwork network = new LinearNetwork(1, 2, true);
        Examples.Changing changing = new Examples.Changing();
        List<float[]> weights = new ArrayList<>();
        List<Throwable> told = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochFinished(Epoch epoch) {
                weights.add(network.snapshot());
                if (epoch.number() == 2) {
                    changing.value = Float.NaN;
                }
            }

            @Override
            public void trainingFailed(Throwable cause) {
                told.add(cause);
            }
        };
        assertThatExceptionOfType(NonFiniteLossException.class)
                .isThrownBy(
                        () -> new Trainer(network).epochs(9).listener(listener).fit(changing))
                .withMessage(
                        "The loss is NaN in step 1 of epoch 3, step 3 of the training, of Linear. Input 0 of the data set's example 1 is NaN."
                                + " The network has the weights of epoch 2 again.")
                .satisfies(e -> {
                    assertThat(e.epoch()).isEqualTo(3);
                    assertThat(e.step()).isEqualTo(1);
                    assertThat(e.restoredEpoch()).isEqualTo(2);
                    assertThat(told).containsExactly(e);
                });
        assertThat(network.snapshot()).isEqualTo(weights.get(1));
        assertThat(network.countedSteps()).isEqualTo(2);
        assertThat(network.openSteps()).isZero();
    }

    @Test
    void weightsThatAreNotFiniteAreFoundAtTheEndOfTheEpoch() {
        LinearNetwork network = new LinearNetwork(1, 2, false);
        float[] before = network.snapshot();
        Examples.Changing changing = new Examples.Changing();
        changing.value = 1e30f;
        assertThatExceptionOfType(NonFiniteLossException.class)
                .isThrownBy(() -> new Trainer(network).learningRate(1e20f).fit(changing))
                .withMessageStartingWith(
                        "A parameter is not finite in step 1 of epoch 1, step 1 of the training, of Linear. All inputs are finite,"
                                + " but logits.dense.weight holds ")
                .withMessageContaining("the learning rate was 1.0E20: try a tenth of it, a warm-up, or @ClipNorm")
                .withMessageEndingWith("The network has the weights from before the training again.")
                .satisfies(e -> assertThat(e.restoredEpoch()).isZero());
        assertThat(network.snapshot()).isEqualTo(before);
    }

    @Test
    void withEarlyStoppingTheBestWeightsAreGivenBack() {
        LinearNetwork network = new LinearNetwork(1, 2, false);
        List<float[]> weights = new ArrayList<>();
        assertThatExceptionOfType(NonFiniteLossException.class)
                .isThrownBy(() -> new Trainer(network)
                        .epochs(9)
                        .earlyStopping(EarlyStopping.patience(9).on(Metric.ACCURACY))
                        .listener(epoch -> {
                            weights.add(network.snapshot());
                            if (epoch.number() == 3) {
                                network.parameters()
                                        .get("logits.dense.weight")
                                        .set(new float[] {Float.MAX_VALUE, -Float.MAX_VALUE});
                            }
                        })
                        .fit(CERTAIN, DOUBTFUL))
                .satisfies(e -> assertThat(e.restoredEpoch()).isEqualTo(1));
        assertThat(network.snapshot()).isEqualTo(weights.getFirst());
    }

    @Test
    void whatAListenerThrowsEndsTrainingAndIsToldToAll() {
        LinearNetwork network = new LinearNetwork(1, 2, false);
        List<Throwable> told = new ArrayList<>();
        TrainingListener witness = new TrainingListener() {
            @Override
            public void epochFinished(Epoch epoch) {}

            @Override
            public void trainingFailed(Throwable cause) {
                told.add(cause);
                throw new IllegalArgumentException("and another");
            }
        };
        assertThatIllegalStateException()
                .isThrownBy(() -> new Trainer(network)
                        .listener(witness)
                        .listener(epoch -> {
                            throw new IllegalStateException("disk full");
                        })
                        .fit(CERTAIN))
                .withMessage("disk full")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1))
                .satisfies(e -> assertThat(told).containsExactly(e));
        assertThat(network.openSteps()).isZero();
    }

    @Test
    void anInterruptedThreadEndsTraining() {
        LinearNetwork network = new LinearNetwork(1, 2, false);
        TrainingListener interrupting = new TrainingListener() {
            @Override
            public void epochFinished(Epoch epoch) {}

            @Override
            public void stepFinished(int epoch, int step, double meanLoss) {
                if (epoch == 2) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> new Trainer(network)
                        .batchSize(10)
                        .listener(interrupting)
                        .fit(CERTAIN))
                .withMessage(
                        "Training was interrupted after step 1 of epoch 2; the network has the weights of that step");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(network.openSteps()).isZero();
    }
}
