package io.espalier.samples.xray;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.samples.cli.Console;
import io.espalier.samples.cli.Run;
import io.espalier.samples.cli.Sample;
import io.espalier.samples.images.TestImages;
import io.espalier.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XrayTest {
    @TempDir
    private static Path data;

    @TempDir
    private Path directory;

    @BeforeAll
    static void writePictures() throws IOException {
        TestImages.write(data, "train", 400, Xray.CLASSES);
        TestImages.write(data, "val", 100, Xray.CLASSES);
        TestImages.write(data, "test", 100, Xray.CLASSES);
    }

    private static Run run(String... arguments) {
        return Run.of(Xray::new, arguments);
    }

    @Test
    void trainsComparesSavesAndLoads() {
        String file = directory.resolve("xray.safetensors").toString();
        Run trained = run("--data", data.toString(), "--compare", "--epochs", "6", "--threads", "1", "--save", file);
        Map<String, String> result = trained.result();
        for (String name : List.of("bare", "regularized")) {
            assertThat(trained.number(name + "_test_balanced_accuracy")).isGreaterThan(0.9);
            assertThat(trained.number(name + "_test_auc")).isGreaterThan(0.95);
            assertThat(trained.number(name + "_test_calibration_error")).isBetween(0.0, 0.5);
        }
        assertThat(trained.out())
                .contains("confidence", "expected calibration error", "mutual information", "Of the tenth");

        Run loaded = run("--data", data.toString(), "--load", file, "--threads", "2");
        Map<String, String> again = loaded.result();
        for (String key : List.of("regularized_test_loss", "regularized_test_auc", "unsure_accuracy")) {
            assertThat(again).containsEntry(key, result.get(key));
        }
    }

    /** A listener that ends the run when the third epoch is over, as a power cut would, but for the whole JVM. */
    private static Sample dying(Console console) {
        TrainingListener dies = epoch -> {
            if (epoch.number() == 3) {
                throw new IllegalStateException("killed");
            }
        };
        return new Xray(new Console(console.out(), console.err(), () -> dies));
    }

    @Test
    void aResumedRunComesToTheSameResult() {
        String[] straight = {"--data", data.toString(), "--epochs", "5", "--compare"};
        String[] checked = {
            "--data",
            data.toString(),
            "--epochs",
            "5",
            "--compare",
            "--checkpoint",
            directory.resolve("c").toString()
        };
        assertThat(Run.of(XrayTest::dying, checked).err()).contains("killed");
        run(checked).refused(1, directory.resolve("c.bare").toString(), "--resume");
        Run resumed = run(with(checked, "--resume"));
        assertThat(resumed.figures()).isEqualTo(run(straight).figures());
        // Resumed once more, it has nothing left to train.
        assertThat(run(with(checked, "--resume")).figures()).isEqualTo(resumed.figures());
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void whatCannotBeResumedIsTold() throws IOException {
        Path file = directory.resolve("c");
        run("--data", data.toString(), "--checkpoint", file.toString(), "--resume")
                .refused(1, file.toString(), "there is no checkpoint");
        Files.writeString(file, "no checkpoint at all");
        run("--data", data.toString(), "--checkpoint", file.toString(), "--resume")
                .refused(1, file.toString());
        Files.delete(file);
        run("--data", data.toString(), "--epochs", "2", "--checkpoint", file.toString())
                .result();
        run("--data", data.toString(), "--epochs", "2", "--seed", "7", "--checkpoint", file.toString(), "--resume")
                .refused(1, "seed");
    }

    @Test
    void aTrainingSetOfOneClassIsTold() throws IOException {
        TestImages.write(directory, "train", 20, 1);
        TestImages.write(directory, "val", 20, 2);
        TestImages.write(directory, "test", 20, 2);
        run("--data", directory.toString()).refused(1, "pneumonia");
    }
}
