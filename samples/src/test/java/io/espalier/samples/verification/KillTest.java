package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.CompiledNetwork;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a training process at random moments, between steps as within the writing of checkpoints, and starts it again until it
 * is done: weights and history are then, to the last bit, those of a training that nobody killed.
 */
class KillTest {
    /** The longest that a process trains before it is killed: a good part of what all epochs take. */
    private static final int MOST_MILLIS = 400;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void survivesAKill(ResumeModels.Kind kind) throws IOException, InterruptedException {
        survives(kind, 1);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void survivesManyKills(ResumeModels.Kind kind) throws IOException, InterruptedException {
        survives(kind, 5);
    }

    private void survives(ResumeModels.Kind kind, int kills) throws IOException, InterruptedException {
        Random random = new Random(Seeds.draw("kills of " + kind));
        CompiledNetwork whole = kind.create(3);
        String expected = ResumeTest.text(TrainingProcess.whole(whole));
        int left = kills;
        for (int round = 0; left > 0; round++) {
            // A process that is done before it was killed often enough is followed by another training.
            Path checkpoint = directory.resolve("training-" + round + ".safetensors");
            while (!Files.exists(TrainingProcess.history(checkpoint))) {
                left -= run(kind, checkpoint, left > 0 ? random.nextInt(MOST_MILLIS) : Integer.MAX_VALUE) ? 1 : 0;
            }
            assertThat(Files.readString(TrainingProcess.history(checkpoint))).isEqualTo(expected);
            assertThat(kind.load(TrainingProcess.weights(checkpoint)).snapshot())
                    .isEqualTo(whole.snapshot());
        }
    }

    /** Trains in a process of its own for so long at most; true if it was killed. */
    private static boolean run(ResumeModels.Kind kind, Path checkpoint, int millis)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrainingProcess.class.getName(),
                        kind.name(),
                        checkpoint.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            String first = lines.readLine();
            if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
                assertThat(process.exitValue())
                        .as("the process that said %s", first)
                        .isZero();
                return false;
            }
            process.destroyForcibly();
            process.waitFor();
            System.out.println("killed " + millis + " ms after \"" + first + "\"");
            return true;
        }
    }
}
