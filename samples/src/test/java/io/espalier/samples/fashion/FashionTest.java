package io.espalier.samples.fashion;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.samples.cli.Run;
import io.espalier.samples.images.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionTest {
    @TempDir
    private static Path data;

    @TempDir
    private Path directory;

    @BeforeAll
    static void writePictures() throws IOException {
        TestImages.write(data, "train", 1200, Fashion.CLASSES);
        TestImages.write(data, "t10k", 200, Fashion.CLASSES);
    }

    private static Run run(String... arguments) {
        return Run.of(Fashion::new, arguments);
    }

    @Test
    void trainsComparesSavesAndLoads() {
        String file = directory.resolve("fashion.safetensors").toString();
        Run trained = run("--data", data.toString(), "--compare", "--epochs", "3", "--threads", "1", "--save", file);
        Map<String, String> result = trained.result();
        assertThat(result).containsEntry("epochs", "3").containsEntry("seed", "42");
        // One class in ten is a tenth by chance; a bar among noise is learnt in three epochs.
        assertThat(trained.number("regularized_test_accuracy")).isGreaterThan(0.8);
        assertThat(trained.number("bare_test_accuracy")).isGreaterThan(0.8);
        assertThat(trained.out())
                .contains("1,100 pictures to train on, 100 held out from them, 200 to test", "ankle boot");

        Run loaded = run("--data", data.toString(), "--load", file, "--threads", "2");
        Map<String, String> again = loaded.result();
        assertThat(again).doesNotContainKeys("epochs", "bare_gap", "regularized_best_epoch");
        for (String key : List.of("training_loss", "validation_loss", "test_loss", "test_accuracy", "gap")) {
            assertThat(again).containsEntry("regularized_" + key, result.get("regularized_" + key));
        }
    }

    @Test
    void withoutComparisonOnlyTheRegularizedNetworkIsTrained() {
        Run run = run("--data", data.toString(), "--epochs", "1");
        assertThat(run.result()).containsKey("regularized_gap").doesNotContainKey("bare_gap");
        assertThat(run.out()).doesNotContain("bare");
    }

    @Test
    void aCompleteRunResumesToItself() {
        String file = directory.resolve("c").toString();
        Run run = run("--data", data.toString(), "--epochs", "1", "--checkpoint", file);
        Run again = run("--data", data.toString(), "--epochs", "1", "--checkpoint", file, "--resume");
        assertThat(again.figures()).isEqualTo(run.figures());
    }

    @Test
    void wrongUsageIsToldInALine() {
        run().refused(2, "--data");
        run("--data").refused(2, "--data");
        run("--data", "d", "--load", "f", "--compare").refused(2, "leave out --compare");
        run("--data", "d", "--load", "f", "--checkpoint", "c").refused(2, "leave out --checkpoint");
        run("--data", "d", "--resume").refused(2, "--checkpoint");
        run("--data", "d", "names").refused(2, "names");
    }

    @Test
    void dataThatCannotBeReadAreTold() throws IOException {
        Path missing = directory.resolve("missing");
        run("--data", missing.toString()).refused(1, "--data", missing.toString());
        run("--data", directory.toString()).refused(1, "train-images-idx3-ubyte", directory.toString());
        copy("train-images-idx3-ubyte.gz");
        run("--data", directory.toString()).refused(1, "train-labels-idx1-ubyte", directory.toString());
        byte[] labels = Files.readAllBytes(data.resolve("train-labels-idx1-ubyte"));
        Path cut = directory.resolve("train-labels-idx1-ubyte");
        Files.write(cut, Arrays.copyOf(labels, labels.length - 1));
        run("--data", directory.toString()).refused(1, cut.toString());
        labels[labels.length - 1] = Fashion.CLASSES;
        Files.write(cut, labels);
        run("--data", directory.toString()).refused(1, cut.toString(), "10");
    }

    private void copy(String name) throws IOException {
        Files.copy(data.resolve(name), directory.resolve(name));
    }

    @Test
    void weightsWithoutTheirScaleAreRefused() throws IOException {
        Path file = directory.resolve("file");
        RegularizedFashionNetwork.create(1).save(file);
        run("--data", data.toString(), "--load", file.toString()).refused(1, file.toString(), "pixel mean");
        BareFashionNetwork.create(1).save(file);
        run("--data", data.toString(), "--load", file.toString()).refused(1, file.toString(), "another network");
    }
}
