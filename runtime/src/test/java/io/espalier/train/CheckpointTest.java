package io.espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.espalier.data.Dataset;
import io.espalier.store.CheckpointFile;
import io.espalier.store.WeightFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a checkpoint refuses, and what is left of it when it is damaged. */
class CheckpointTest {
    private static final Dataset TRAIN = Examples.clouds(60, 8, 1);

    @TempDir
    private Path directory;

    private static Trainer trainer(LinearNetwork network) {
        return new Trainer(network).epochs(3).batchSize(16).seed(5).threads(1);
    }

    private Path written(String name) {
        Path file = directory.resolve(name);
        trainer(new LinearNetwork(8, 2, false)).checkpoint(Checkpoints.to(file)).fit(TRAIN);
        return file;
    }

    private static void refused(Path file, Trainer changed, String... words) throws IOException {
        changed.resume(file);
        assertThatIllegalStateException()
                .isThrownBy(() -> changed.fit(TRAIN))
                .withMessageContaining(file.toString())
                .withMessageContainingAll(words);
    }

    @Test
    void otherSettingsAreRefusedByName() throws IOException {
        Path file = written("a");
        LinearNetwork network = new LinearNetwork(8, 2, false);
        float[] before = network.snapshot();
        refused(file, trainer(network).seed(6), "seed: 5 in the checkpoint, 6 now");
        refused(file, trainer(network).batchSize(8), "batch size: 16 in the checkpoint, 8 now");
        refused(file, trainer(network).learningRate(0.1f), "learning rate: 0.5 in the checkpoint, 0.1 now");
        refused(file, trainer(network).accumulate(2), "accumulated batches: 1 in the checkpoint, 2 now");
        refused(
                file,
                trainer(network).freeze("*.bias"),
                "frozen parameters: none in the checkpoint, logits.dense.bias");
        refused(file, trainer(network).classWeights(1, 2), "class weights: none in the checkpoint, [1.0, 2.0] now");
        refused(file, trainer(network).epochs(2), "epochs: the checkpoint is in epoch 4, and now there are 2");
        refused(file, trainer(network).schedule(LearningRate.cosine()), "other learning rates");
        refused(
                file,
                trainer(network).earlyStopping(EarlyStopping.patience(3).on(Metric.TRAINING_LOSS)),
                "early stopping: none in the checkpoint");
        Trainer smaller = trainer(network).resume(file);
        assertThatIllegalStateException()
                .isThrownBy(() -> smaller.fit(TRAIN.subset(1, 2, 3), TRAIN))
                .withMessageContaining("training examples: 60 in the checkpoint, 3 now")
                .withMessageContaining("validation examples: none in the checkpoint, 60 now");
        assertThat(network.snapshot()).isEqualTo(before);
        assertThat(network.openSteps()).isZero();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsRefusedBeforeTraining() {
        Path file = directory.resolve("absent").resolve("a");
        LinearNetwork network = new LinearNetwork(8, 2, false);
        Trainer trainer = trainer(network).checkpoint(Checkpoints.to(file));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> trainer.fit(TRAIN))
                .withMessageContaining(file.toString())
                .withMessageContaining("there is no directory " + file.getParent());
        assertThat(network.snapshot()).containsOnly(0f);
    }

    /** Class weights make the sums of the epoch's loss fractions, and the last batch of the epoch is a small one. */
    @Test
    void theLossOfAWeightedEpochIsResumedToTheLastBit() throws IOException {
        LinearNetwork whole = new LinearNetwork(8, 2, false);
        History expected = trainer(whole).classWeights(0.3f, 1.7f).fit(TRAIN);
        Path file = directory.resolve("a");
        LinearNetwork broken = new LinearNetwork(8, 2, false);
        TrainingListener breaking = new TrainingListener() {
            @Override
            public void epochFinished(Epoch epoch) {}

            @Override
            public void stepFinished(int epoch, int step, double meanLoss) {
                if (epoch == 2 && step == 3) {
                    throw new IllegalStateException("killed");
                }
            }
        };
        Trainer first = trainer(broken)
                .classWeights(0.3f, 1.7f)
                .checkpoint(Checkpoints.to(file).everySteps(1))
                .listener(breaking);
        assertThatIllegalStateException().isThrownBy(() -> first.fit(TRAIN)).withMessage("killed");
        LinearNetwork resumed = new LinearNetwork(8, 2, false);
        History history = trainer(resumed).classWeights(0.3f, 1.7f).resume(file).fit(TRAIN);
        assertThat(resumed.snapshot()).isEqualTo(whole.snapshot());
        assertThat(history.epochs())
                .extracting(Epoch::trainingLoss)
                .isEqualTo(expected.epochs().stream().map(Epoch::trainingLoss).toList());
    }

    @Test
    void anotherNetworkIsRefused() {
        Path file = written("a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer(new LinearNetwork(8, 2, true)).resume(file))
                .withMessageContaining(file.toString())
                .withMessageContaining("only here: parameter \"inputs.batchNorm.runningMean\" [1] RUNNING_MEAN");
    }

    @Test
    void epochsCanBeAddedWhereThePastStaysTheSame() throws IOException {
        LinearNetwork whole = new LinearNetwork(8, 2, false);
        History expected = trainer(whole).epochs(5).fit(TRAIN);
        LinearNetwork longer = new LinearNetwork(8, 2, false);
        History history = trainer(longer).epochs(5).resume(written("a")).fit(TRAIN);
        assertThat(longer.snapshot()).isEqualTo(whole.snapshot());
        assertThat(history.epochs()).hasSize(5);
        assertThat(history.last().trainingLoss()).isEqualTo(expected.last().trainingLoss());
    }

    @Test
    void withoutACheckpointTrainingBeginsOrSaysSo() throws IOException {
        Path file = directory.resolve("absent");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> trainer(new LinearNetwork(8, 2, false)).resume(file))
                .withMessageContaining(file.toString());
        LinearNetwork network = new LinearNetwork(8, 2, false);
        assertThat(trainer(network).resumeIfPresent(file).fit(TRAIN).epochs()).hasSize(3);
    }

    @Test
    void theOneBeforeIsTakenWhereTheNewestIsDamagedOrMissing() throws IOException {
        LinearNetwork whole = new LinearNetwork(8, 2, false);
        trainer(whole).fit(TRAIN);
        Path file = written("a");
        assertThat(CheckpointFile.previous(file)).exists();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        LinearNetwork network = new LinearNetwork(8, 2, false);
        trainer(network).resume(file).fit(TRAIN);
        assertThat(network.snapshot()).isEqualTo(whole.snapshot());
        Files.delete(file);
        LinearNetwork another = new LinearNetwork(8, 2, false);
        trainer(another).resume(file).fit(TRAIN);
        assertThat(another.snapshot()).isEqualTo(whole.snapshot());
    }

    @Test
    void aTruncatedCheckpointIsRefusedAtEveryLength() throws IOException {
        Path file = written("a");
        Files.delete(CheckpointFile.previous(file));
        byte[] bytes = Files.readAllBytes(file);
        LinearNetwork network = new LinearNetwork(8, 2, false);
        float[] before = network.snapshot();
        Trainer trainer = trainer(network);
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThatExceptionOfType(WeightFormatException.class)
                    .isThrownBy(() -> trainer.resume(file))
                    .withMessageStartingWith(file.toString());
        }
        assertThat(network.snapshot()).isEqualTo(before);
        // Nothing of it stuck: this training begins at the beginning.
        assertThat(trainer.fit(TRAIN).epochs()).hasSize(3);
    }

    @Test
    void damagedNumbersAreRefusedByTheirNames() throws IOException {
        Path file = written("a");
        Files.delete(CheckpointFile.previous(file));
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        String[][] damages = {
            {"checkpoint.step\":\"12\"", "checkpoint.step\":\"-2\"", "espalier.checkpoint.step"},
            {"checkpoint.step\":\"12\"", "checkpoint.step\":\"ab\"", "espalier.checkpoint.step"},
            {"checkpoint.epochs\":\"3\"", "checkpoint.epochs\":\"9\"", "espalier.checkpoint.epoch.4"},
            {"checkpoint.moments\":\"1\"", "checkpoint.moments\":\"9\"", "espalier.checkpoint.moments"},
            {"checkpoint.moments\":\"1\"", "checkpoint.moments\":\"2\"", "missing: moments.1/logits.dense.weight"},
            {"checkpoint.waited\":\"0\"", "checkpoint.waited\":\"x\"", "espalier.checkpoint.waited"},
            {"espalier.checkpoint\":\"1\"", "espalier.checkpoint\":\"2\"", "expected version 1, found 2"},
            {"espalier.checkpoint\":\"1\"", "espalier.checkpxint\":\"1\"", "no training that could be resumed"},
            {
                "\"moments.0/logits.dense.bias\"",
                "\"moments.0/logits.dense.bxas\"",
                "missing: moments.0/logits.dense.bias"
            },
            {"checkpoint.epoch.1\":\"0.5;", "checkpoint.epoch.1\":\"0;5;", "espalier.checkpoint.epoch.1"},
        };
        LinearNetwork network = new LinearNetwork(8, 2, false);
        for (String[] damage : damages) {
            assertThat(text).contains(damage[0]);
            Files.write(file, text.replace(damage[0], damage[1]).getBytes(StandardCharsets.ISO_8859_1));
            assertThatExceptionOfType(WeightFormatException.class)
                    .isThrownBy(() -> trainer(network).resume(file))
                    .withMessageStartingWith(file.toString())
                    .withMessageContaining(damage[2]);
        }
    }

    @Test
    void garbageIsRefusedWithOneKindOfException() throws IOException {
        Path file = written("a");
        Files.delete(CheckpointFile.previous(file));
        byte[] bytes = Files.readAllBytes(file);
        long seed = new Random().nextLong();
        System.out.println("CheckpointTest.garbage: seed " + seed);
        Random random = new Random(seed);
        for (int trial = 0; trial < 2000; trial++) {
            byte[] broken = bytes.clone();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, broken);
            LinearNetwork network = new LinearNetwork(8, 2, false);
            try {
                trainer(network).resume(file).fit(TRAIN.subset(1, 2));
            } catch (WeightFormatException | IllegalArgumentException | IllegalStateException e) {
                // Another network, other settings (there are two examples here), or a damaged file.
                assertThat(e).hasMessageContaining(file.toString());
            }
            assertThat(network.snapshot()).containsOnly(0f);
        }
    }

    @Test
    void whatIsNotFiniteIsNeverWrittenAndTheLastGoodCheckpointIsNamed() throws IOException {
        Path file = directory.resolve("a");
        LinearNetwork network = new LinearNetwork(1, 2, false);
        Examples.Changing changing = new Examples.Changing();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochFinished(Epoch epoch) {}

            @Override
            public void stepFinished(int epoch, int step, double meanLoss) {
                if (epoch == 3) {
                    network.parameters().get("logits.dense.weight").set(new float[] {Float.MAX_VALUE, 1});
                }
            }
        };
        changing.value = 2;
        Trainer trainer = new Trainer(network)
                .epochs(5)
                .listener(listener)
                .checkpoint(Checkpoints.to(file).everySteps(1));
        assertThatExceptionOfType(NonFiniteLossException.class)
                .isThrownBy(() -> trainer.fit(changing))
                .satisfies(e -> {
                    assertThat(e.stage()).isPresent();
                    assertThat(e.checkpoint())
                            .get()
                            .extracting(CheckpointPlace::file)
                            .isEqualTo(file);
                    assertThat(e).hasMessageContaining("The last good checkpoint is " + file + ", after step");
                });
        assertThat(new Trainer(network).epochs(5).resume(file)).isNotNull();
    }
}
