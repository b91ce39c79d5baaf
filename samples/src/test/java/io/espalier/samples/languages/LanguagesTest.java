package io.espalier.samples.languages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.espalier.train.ConsoleProgress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguagesTest {
    private static final LanguageData SOME = TestNames.everySo(37);

    /** What a run printed and how it ended. */
    private record Run(int exitCode, String out, String err) {

        static Run of(Supplier<LanguageData> reader, String... arguments) {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
            StringWriter err = new StringWriter();
            Languages languages = new Languages(out, () -> ConsoleProgress.lines(out), reader);
            int exitCode = Languages.execute(languages, new PrintWriter(err), arguments);
            return new Run(exitCode, printed.toString(StandardCharsets.UTF_8), err.toString());
        }

        static Run of(String... arguments) {
            return of(() -> SOME, arguments);
        }

        Map<String, String> result() {
            String last = out.lines().toList().getLast();
            assertThat(last).matches("result( [a-z0-9_]+=[^ =]+)+");
            Map<String, String> result = new HashMap<>();
            for (String pair : last.substring("result ".length()).split(" ")) {
                int equals = pair.indexOf('=');
                assertThat(result.put(pair.substring(0, equals), pair.substring(equals + 1)))
                        .as(pair)
                        .isNull();
            }
            return result;
        }

        void refused(int code, String... texts) {
            assertThat(exitCode).isEqualTo(code);
            assertThat(err).startsWith("languages: ").contains(texts).doesNotContain("\tat ");
            if (code == 2) {
                assertThat(err.lines()).hasSize(2).last().isEqualTo("See languages --help");
            }
        }
    }

    @Test
    void helpNamesAllOptions() {
        Run run = Run.of("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains(
                        "Tells the language of a name", "--epochs", "--seed", "--threads", "--save", "--load", "NAME");
    }

    @Test
    void wrongUsageIsToldInALine() {
        Run.of("--epochs", "0").refused(2, "--epochs must be at least 1, but it is 0");
        Run.of("--epochs", "many").refused(2, "--epochs", "many");
        Run.of("--epochs").refused(2, "--epochs");
        Run.of("--threads", "0").refused(2, "--threads must be 1 to 256, but it is 0");
        Run.of("--seed", "1.5").refused(2, "--seed", "1.5");
        Run.of("--epoch", "3").refused(2, "--epoch");
        Run.of("--load", "a", "--epochs", "3").refused(2, "--load", "leave out --epochs");
        Run.of("--load", "a", "--save", "b").refused(2, "--load", "leave out --save");
        Run.of("Deutschland", "1871").refused(2, "'1871' has no letter");
        Run.of("Espa\ufffd\ufffda").refused(2, "not readable", "UTF-8");
    }

    @Test
    void whatCannotBeSavedIsToldBeforeTraining(@TempDir Path directory) {
        Path missing = directory.resolve("missing");
        Run run = Run.of("--save", missing.resolve("file").toString());
        run.refused(1, "cannot save to " + missing.resolve("file"), "there is no directory " + missing);
        assertThat(run.out()).isEmpty();
        Run.of("--save", directory.toString()).refused(1, "is a directory");
    }

    @Test
    void whatCannotBeLoadedIsTold(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("file");
        Run.of("--load", file.toString()).refused(1, "cannot load " + file, "no such file");
        Run.of("--load", directory.toString()).refused(1, "is a directory");
        Files.writeString(file, "these are no weights at all");
        Run.of("--load", file.toString()).refused(1, file.toString());
        BareLanguagesNetwork.create(1).save(file);
        Run.of("--load", file.toString()).refused(1, file.toString(), "another network");
        RegularizedLanguagesNetwork.create(1).save(file);
        Run.of("--load", file.toString()).refused(1, "cannot use " + file, "saved for other features");
        List<Locale> others = new ArrayList<>(SOME.languages());
        Collections.swap(others, 3, 4);
        LanguagesFile.save(file, RegularizedLanguagesNetwork.create(1), others);
        Run.of("--load", file.toString()).refused(1, "cannot use " + file, "saved for other languages");
    }

    @Test
    void aJdkWithoutTheNamesIsTold() {
        Supplier<LanguageData> reader = () -> {
            throw new IllegalStateException("This JDK names things in 3 languages");
        };
        Run.of(reader).refused(1, "This JDK names things in 3 languages");
    }

    @Test
    void trainsComparesSavesAndLoads(@TempDir Path directory) {
        Path file = directory.resolve("languages.safetensors");
        Run trained = Run.of("--epochs", "2", "--seed", "5", "--threads", "1", "--save", file.toString(), "日本", "Köln");
        assertThat(trained.err()).isEmpty();
        assertThat(trained.exitCode()).isZero();
        assertThat(trained.out())
                .contains("Split by what is named", "epoch 2/2", "macro F1", "taken for each other", "Köln\n", "日本\n");
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

        Run loaded = Run.of("--load", file.toString(), "--seed", "5", "日本", "Köln");
        assertThat(loaded.err()).isEmpty();
        assertThat(loaded.exitCode()).isZero();
        assertThat(lastLines(loaded.out())).isEqualTo(lastLines(trained.out()));
        Map<String, String> again = loaded.result();
        assertThat(again).doesNotContainKeys("epochs", "bare_gap", "regularized_best_epoch");
        for (String key : List.of("training_loss", "validation_loss", "validation_accuracy", "gap", "macro_f1")) {
            assertThat(again).containsEntry("regularized_" + key, result.get("regularized_" + key));
        }
    }

    /** The predictions: all from their heading to the result. */
    private static List<String> lastLines(String out) {
        List<String> lines = out.lines().toList();
        return lines.subList(
                lines.indexOf("Held-out names, what they are, and what regularized takes them for:"), lines.size() - 1);
    }

    @Test
    void theResultIsTheSameForAnyNumberOfThreads() {
        Run one = Run.of("--epochs", "1", "--threads", "1");
        Run three = Run.of("--epochs", "1", "--threads", "3");
        assertThat(three.exitCode()).isZero();
        assertThat(lastLines(three.out())).isEqualTo(lastLines(one.out()));
        assertThat(three.result().get("regularized_training_loss"))
                .isEqualTo(one.result().get("regularized_training_loss"));
    }

    @Test
    void confusionsAreTheWrongAnswers() {
        RegularizedLanguagesNetwork network = RegularizedLanguagesNetwork.create(9);
        Contender contender = Contender.loaded("untrained", network, SOME, 1);
        long wrong = Confusions.of(network.predictor(), SOME.validation()).worst(Integer.MAX_VALUE).stream()
                .mapToInt(Confusions.Pair::names)
                .sum();
        int examples = SOME.validation().size();
        assertThat(wrong).isEqualTo(examples - Math.round(contender.validation().accuracy() * examples));
    }
}
