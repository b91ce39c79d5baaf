package io.espalier.samples.languages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.espalier.samples.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguagesTest {
    private static final LanguageData SOME = TestNames.everySo(37);

    private static Run run(String... arguments) {
        return run(() -> SOME, arguments);
    }

    private static Run run(Supplier<LanguageData> reader, String... arguments) {
        return Run.of(console -> new Languages(console, reader), arguments);
    }

    @Test
    void helpNamesAllOptions() {
        Run run = run("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(
                        "Tells the language of a name",
                        "--epochs",
                        "--seed",
                        "--threads",
                        "--save",
                        "--load",
                        "--checkpoint",
                        "--resume",
                        "NAME");
    }

    @Test
    void wrongUsageIsToldInALine() {
        run("--epochs", "0").refused(2, "--epochs must be at least 1, but it is 0");
        run("--epochs", "many").refused(2, "--epochs", "many");
        run("--epochs").refused(2, "--epochs");
        run("--threads", "0").refused(2, "--threads must be 1 to 256, but it is 0");
        run("--seed", "1.5").refused(2, "--seed", "1.5");
        run("--epoch", "3").refused(2, "--epoch");
        run("--load", "a", "--epochs", "3").refused(2, "--load", "leave out --epochs");
        run("--load", "a", "--save", "b").refused(2, "--load", "leave out --save");
        run("--load", "a", "--checkpoint", "b").refused(2, "--load", "leave out --checkpoint");
        run("--resume").refused(2, "--resume", "--checkpoint");
        run("Deutschland", "1871").refused(2, "'1871' has no letter");
        run("Espa\ufffd\ufffda").refused(2, "not readable", "UTF-8");
    }

    @Test
    void whatCannotBeSavedIsToldBeforeTraining(@TempDir Path directory) {
        Path missing = directory.resolve("missing");
        Run run = run("--save", missing.resolve("file").toString());
        run.refused(1, "cannot save to " + missing.resolve("file"), "there is no directory " + missing);
        assertThat(run.out()).isEmpty();
        run("--save", directory.toString()).refused(1, "is a directory");
    }

    @Test
    void whatCannotBeLoadedIsTold(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("file");
        run("--load", file.toString()).refused(1, "cannot load " + file, "no such file");
        run("--load", directory.toString()).refused(1, "is a directory");
        Files.writeString(file, "these are no weights at all");
        run("--load", file.toString()).refused(1, file.toString());
        BareLanguagesNetwork.create(1).save(file);
        run("--load", file.toString()).refused(1, file.toString(), "another network");
        RegularizedLanguagesNetwork.create(1).save(file);
        run("--load", file.toString()).refused(1, "cannot use " + file, "saved for other features");
        List<Locale> others = new ArrayList<>(SOME.languages());
        Collections.swap(others, 3, 4);
        RegularizedLanguagesNetwork swapped = RegularizedLanguagesNetwork.create(1);
        LanguagesFile.describe(swapped, others);
        swapped.save(file);
        run("--load", file.toString()).refused(1, "cannot use " + file, "saved for other languages");
    }

    @Test
    void aJdkWithoutTheNamesIsTold() {
        Supplier<LanguageData> reader = () -> {
            throw new IllegalStateException("This JDK names things in 3 languages");
        };
        run(reader).refused(1, "This JDK names things in 3 languages");
    }

    @Test
    void trainsComparesSavesAndLoads(@TempDir Path directory) {
        Path file = directory.resolve("languages.safetensors");
        Run trained = run("--epochs", "2", "--seed", "5", "--threads", "1", "--save", file.toString(), "日本", "Köln");
        assertThat(trained.out())
                .contains("Split by what is named", "epoch 2/2", "macro F1", "most often taken", "Köln\n", "日本\n");
        assertThat(trained.out().lines())
                .anyMatch(line -> line.startsWith("bare  "))
                .anyMatch(line -> line.startsWith("regularized  "));
        Map<String, String> result = trained.result();
        assertThat(result)
                .containsEntry("epochs", "2")
                .containsEntry("seed", "5")
                .containsEntry("threads", "1")
                .containsEntry("languages", Integer.toString(Names.LANGUAGES))
                .containsEntry("names", Integer.toString(SOME.split().names()));
        assertThat(Double.parseDouble(result.get("bare_gap")))
                .isEqualTo(
                        Double.parseDouble(result.get("bare_validation_loss"))
                                - Double.parseDouble(result.get("bare_training_loss")),
                        within(1.1e-4));

        Run loaded = run("--load", file.toString(), "--seed", "5", "日本", "Köln");
        assertThat(lastLines(loaded.out())).isEqualTo(lastLines(trained.out()));
        Map<String, String> again = loaded.result();
        assertThat(again).doesNotContainKeys("epochs", "bare_gap", "regularized_best_epoch");
        for (String key : List.of("training_loss", "validation_loss", "validation_accuracy", "gap", "macro_f1")) {
            assertThat(again).containsEntry("regularized_" + key, result.get("regularized_" + key));
        }
    }

    @Test
    void aCompleteRunResumesToItself(@TempDir Path directory) {
        String file = directory.resolve("c").toString();
        Run run = run("--epochs", "1", "--checkpoint", file);
        assertThat(run("--epochs", "1", "--checkpoint", file, "--resume").figures())
                .isEqualTo(run.figures());
    }

    /** The predictions: all from their heading to the result. */
    private static List<String> lastLines(String out) {
        List<String> lines = out.lines().toList();
        return lines.subList(
                lines.indexOf("Held-out names, what they are, and what regularized takes them for:"), lines.size() - 1);
    }

    @Test
    void theResultIsTheSameForAnyNumberOfThreads() {
        Run one = run("--epochs", "1", "--threads", "1");
        Run three = run("--epochs", "1", "--threads", "3");
        assertThat(three.exitCode()).isZero();
        assertThat(lastLines(three.out())).isEqualTo(lastLines(one.out()));
        assertThat(three.result().get("regularized_training_loss"))
                .isEqualTo(one.result().get("regularized_training_loss"));
    }
}
