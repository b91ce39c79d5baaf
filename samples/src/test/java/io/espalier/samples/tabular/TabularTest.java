package io.espalier.samples.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.espalier.samples.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TabularTest {
    private static final List<String> COLOURS = List.of("red", "green", "blue");

    @TempDir
    private Path directory;

    private static Run run(String... arguments) {
        return Run.of(Tabular::new, arguments);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    /** Fruit whose kind follows from colour and size, and whose price follows from size. */
    private Path fruit(String name, int rows, long seed) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("colour,size,noise,kind,stars,price\n");
        for (int i = 0; i < rows; i++) {
            String colour = COLOURS.get(random.nextInt(COLOURS.size()));
            double size = random.nextGaussian();
            String kind = colour.equals("blue") ? "plum" : size > 0 ? "apple" : "berry";
            text.append(String.format(
                    Locale.ROOT,
                    "%s,%s,%.3f,%s,%d,%.2f%n",
                    colour,
                    i % 50 == 7 ? "" : String.format(Locale.ROOT, "%.4f", size),
                    random.nextGaussian(),
                    kind,
                    size > 0 ? 5 : 3,
                    5000 + 800 * size));
        }
        return write(name, text.toString());
    }

    @Test
    void tellsClassesComparesSavesAndLoads() throws IOException {
        String data = fruit("fruit.csv", 600, 1).toString();
        String file = directory.resolve("fruit.safetensors").toString();
        Run trained = run(
                "--data",
                data,
                "--target",
                "kind",
                "--exclude",
                "stars",
                "--exclude",
                "price",
                "--compare",
                "--epochs",
                "30",
                "--threads",
                "1",
                "--save",
                file);
        Map<String, String> result = trained.result();
        assertThat(result)
                .containsEntry("task", "classification")
                .containsEntry("features", "5")
                .containsEntry("inputs", "16")
                .containsEntry("classes", "3");
        // Of the missing sizes, one in fifty rows, only the kind of the blue ones can be known.
        assertThat(trained.number("regularized_test_accuracy")).isGreaterThan(0.9);
        assertThat(trained.number("regularized_test_auc")).isGreaterThan(0.95);
        assertThat(trained.number("bare_test_balanced_accuracy")).isGreaterThan(0.9);
        assertThat(trained.number("baseline_test_accuracy")).isLessThan(0.5);
        assertThat(trained.number("baseline_test_balanced_accuracy")).isEqualTo(1 / 3.0, within(1e-4));
        assertThat(trained.out())
                .contains("384 rows to train on, 96 to choose the best epoch by, 120 to test", "apple, berry, plum");

        Map<String, String> again = run("--data", data, "--load", file).result();
        for (String key : List.of("regularized_training_loss", "regularized_test_accuracy", "regularized_test_auc")) {
            assertThat(again).containsEntry(key, result.get(key));
        }
        Run other = run("--data", fruit("other.csv", 200, 2).toString(), "--load", file);
        assertThat(other.out()).contains("200 rows to test, of another file");
        assertThat(other.number("regularized_test_accuracy")).isGreaterThan(0.9);
        assertThat(other.result()).doesNotContainKeys("regularized_training_loss", "regularized_gap");
    }

    @Test
    void givesValuesInTheirOwnUnit() throws IOException {
        String data = fruit("fruit.csv", 600, 3).toString();
        String file = directory.resolve("price.safetensors").toString();
        Run run = run(
                "--data",
                data,
                "--target",
                "price",
                "--exclude",
                "stars",
                "--exclude",
                "kind",
                "--epochs",
                "30",
                "--save",
                file);
        assertThat(run.result()).containsEntry("task", "regression").doesNotContainKey("classes");
        // The deviation of the prices is 800, and 640 the mean distance of such a normal variable from its mean.
        assertThat(run.number("baseline_test_mae")).isBetween(500.0, 800.0);
        assertThat(run.number("regularized_test_mae")).isLessThan(200);
        assertThat(run.number("regularized_test_r2")).isGreaterThan(0.85);
        Map<String, String> again = run("--data", data, "--load", file).result();
        assertThat(again).containsEntry("regularized_test_mae", run.result().get("regularized_test_mae"));
    }

    @Test
    void theTaskIsToldFromTheColumnUnlessItIsGiven() throws IOException {
        String data = fruit("fruit.csv", 100, 4).toString();
        assertThat(run("--data", data, "--target", "stars", "--epochs", "1").result())
                .containsEntry("task", "classification");
        assertThat(run("--data", data, "--target", "stars", "--task", "regression", "--epochs", "1")
                        .result())
                .containsEntry("task", "regression");
        run("--data", data, "--target", "kind", "--task", "regression").refused(1, data, "kind");
    }

    @Test
    void aCompleteRunResumesToItselfAndNoOtherDoes() throws IOException {
        String data = fruit("fruit.csv", 200, 7).toString();
        String file = directory.resolve("c").toString();
        Run run = run("--data", data, "--target", "kind", "--epochs", "2", "--checkpoint", file);
        Run again = run("--data", data, "--target", "kind", "--epochs", "2", "--checkpoint", file, "--resume");
        assertThat(again.figures()).isEqualTo(run.figures());
        run("--data", data, "--target", "price", "--epochs", "2", "--checkpoint", file, "--resume")
                .refused(1, file);
    }

    @Test
    void wrongUsageIsToldInALine() {
        run("--target", "kind").refused(2, "--data");
        run("--data", "f").refused(2, "--target");
        run("--data", "f", "--target", "kind", "--task", "guess").refused(2, "guess", "classification, regression");
        run("--data", "f", "--target", "kind", "--skip-lines", "-1").refused(2, "--skip-lines", "-1");
        run("--data", "f", "--load", "n", "--target", "kind").refused(2, "leave out --target");
    }

    @Test
    void tablesThatCannotBeUsedAreTold() throws IOException {
        String missing = directory.resolve("missing.csv").toString();
        run("--data", missing, "--target", "kind").refused(1, missing, "there is no such file");
        run("--data", directory.toString(), "--target", "kind").refused(1, directory.toString());
        String data = fruit("fruit.csv", 60, 5).toString();
        run("--data", data, "--target", "weight").refused(1, "weight", "colour, size");
        run("--data", data, "--target", "kind", "--exclude", "weight").refused(1, "weight");
        String uneven = write("uneven.csv", "a,b\n1,2\n3\n").toString();
        run("--data", uneven, "--target", "b").refused(1, uneven, "line 3");
        String same = write("same.csv", "a,b\n" + "1,yes\n".repeat(50)).toString();
        run("--data", same, "--target", "b").refused(1, same, "yes");
        String few = write("few.csv", "a,b\n1,0.5\n2,0.7\n").toString();
        run("--data", few, "--target", "b").refused(1, few, "2 rows");
        String gap =
                write("gap.csv", "a,b\n" + "1,yes\n2,no\n".repeat(10) + "3,\n").toString();
        run("--data", gap, "--target", "b").refused(1, gap, "line 22", "missing");
    }

    @Test
    void whatExceedsTheLargestNetworkIsTold() throws IOException {
        String header = IntStream.range(0, 1100).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String row = IntStream.range(0, 1100).mapToObj(i -> "1.5").collect(Collectors.joining(","));
        String wide = write("wide.csv", header + "\n" + (row + "\n").repeat(30)).toString();
        run("--data", wide, "--target", "c0", "--task", "regression").refused(1, "1099 features", "1024", "--exclude");
        String many = write(
                        "many.csv",
                        "a,b\n"
                                + IntStream.range(0, 400)
                                        .mapToObj(i -> i + ",k" + i % 80 + "\n")
                                        .collect(Collectors.joining()))
                .toString();
        run("--data", many, "--target", "b").refused(1, "'b'", "80 classes", "64");
    }

    @Test
    void aNetworkOfAnotherSampleIsRefused() throws IOException {
        Path file = directory.resolve("file");
        RegularizedClassifiers_Inputs16Network.create(1).save(file);
        String data = fruit("fruit.csv", 60, 6).toString();
        run("--data", data, "--load", file.toString()).refused(1, file.toString(), "columns");
    }
}
