package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.CompiledNetwork;
import io.espalier.data.Dataset;
import io.espalier.train.Checkpoints;
import io.espalier.train.EarlyStopping;
import io.espalier.train.Epoch;
import io.espalier.train.Evaluation;
import io.espalier.train.History;
import io.espalier.train.LearningRate;
import io.espalier.train.Metric;
import io.espalier.train.Trainer;
import io.espalier.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training that is broken off at any step and resumed is, to the last bit, the training that was never broken off. */
class ResumeTest {
    private static final int EXAMPLES = 150;

    private final long seed = Seeds.draw("resume");
    private final Random random = new Random(seed);
    private final Dataset train = dataset(EXAMPLES, 1);
    private final Dataset validation = dataset(40, 2);

    @TempDir
    private Path directory;

    static Dataset dataset(int size, long seed) {
        Random random = new Random(seed);
        float[] inputs = new float[size * ResumeModels.INPUTS];
        int[] labels = new int[size];
        for (int row = 0; row < size; row++) {
            labels[row] = random.nextInt(ResumeModels.CLASSES);
            for (int i = 0; i < ResumeModels.INPUTS; i++) {
                inputs[row * ResumeModels.INPUTS + i] = (float) (random.nextGaussian() + (i == labels[row] ? 1.5 : 0));
            }
        }
        return Dataset.of(inputs, labels, ResumeModels.CLASSES);
    }

    /** Settings of a training, with all that has a state. */
    private enum Settings implements UnaryOperator<Trainer> {
        PLAIN {
            @Override
            public Trainer apply(Trainer trainer) {
                return trainer.schedule(LearningRate.cosine().warmupEpochs(1));
            }
        },
        STOPPED_EARLY {
            @Override
            public Trainer apply(Trainer trainer) {
                return trainer.learningRate(0.2f)
                        .evaluateTraining(true)
                        .earlyStopping(EarlyStopping.patience(2).on(Metric.BALANCED_ACCURACY));
            }
        },
        ACCUMULATED_AND_FROZEN {
            @Override
            public Trainer apply(Trainer trainer) {
                return trainer.accumulate(3)
                        .freeze("hidden.dense.*", "*.runningMean")
                        .schedule(LearningRate.step(2, 0.5));
            }
        }
    }

    private Trainer trainer(CompiledNetwork network, Settings settings) {
        return settings.apply(network.trainer().epochs(5).batchSize(16).seed(7).threads(1 + random.nextInt(3)));
    }

    /** The end of a process, as far as one process can play it. */
    private static final class BrokenOff extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Ends the training after so many steps. */
    private static TrainingListener breaking(int afterSteps) {
        return new TrainingListener() {
            private int left = afterSteps;

            @Override
            public void epochFinished(Epoch epoch) {}

            @Override
            public void stepFinished(int epoch, int step, double meanLoss) {
                if (--left == 0) {
                    throw new BrokenOff();
                }
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void resumesWhereverItWasBrokenOff(ResumeModels.Kind kind) throws IOException {
        for (Settings settings : Settings.values()) {
            CompiledNetwork whole = kind.create(3);
            History expected = trainer(whole, settings).fit(train, validation);
            for (int trial = 0; trial < 3; trial++) {
                int every = 1 + random.nextInt(6);
                Path file = directory.resolve(settings + "-" + trial + ".safetensors");
                Checkpoints checkpoints = Checkpoints.to(file).everySteps(every);
                History history = null;
                CompiledNetwork network = null;
                for (int broken = 0; history == null; broken++) {
                    // Another seed for the weights each time: all that counts comes from the file.
                    network = kind.create(broken == 0 ? 3 : 1000 + broken);
                    Trainer trainer = trainer(network, settings).checkpoint(checkpoints);
                    int after = every + 1 + random.nextInt(20);
                    if (broken > 0) {
                        trainer.resumeIfPresent(file);
                    }
                    history = fit(trainer.listener(breaking(after)));
                }
                assertThat(network.snapshot())
                        .as("%s, every %d steps", settings, every)
                        .isEqualTo(whole.snapshot());
                assertThat(text(history)).isEqualTo(text(expected));
                // What is complete is complete at once.
                CompiledNetwork again = kind.create(5);
                assertThat(text(trainer(again, settings).resume(file).fit(train, validation)))
                        .isEqualTo(text(expected));
                assertThat(again.snapshot()).isEqualTo(whole.snapshot());
            }
        }
    }

    private @Nullable History fit(Trainer trainer) {
        try {
            return trainer.fit(train, validation);
        } catch (BrokenOff e) {
            return null;
        }
    }

    /** All of a history that does not depend on the clock. */
    static String text(History history) {
        StringBuilder text = new StringBuilder();
        text.append(history.bestEpoch())
                .append(' ')
                .append(history.stoppedEarly())
                .append(' ');
        text.append(history.bestRestored()).append('\n');
        history.epochs().forEach(epoch -> text.append(numbers(epoch)).append('\n'));
        return text.toString();
    }

    private static List<Object> numbers(Epoch epoch) {
        return List.of(
                epoch.number(),
                epoch.learningRate(),
                epoch.trainingLoss(),
                numbers(epoch.training()),
                numbers(epoch.validation()));
    }

    private static List<Object> numbers(@Nullable Evaluation evaluation) {
        if (evaluation == null) {
            return List.of();
        }
        List<String> names = List.of("a", "b", "c");
        return List.of(
                evaluation.loss(),
                evaluation.accuracy(),
                evaluation.scores().table(names),
                evaluation.scores().confusionMatrix().table(names));
    }
}
