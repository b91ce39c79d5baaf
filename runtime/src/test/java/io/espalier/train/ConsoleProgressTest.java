package io.espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.espalier.metric.Classification;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private static final long SECOND = 1_000_000_000;

    private final Locale locale = Locale.getDefault();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now;

    @BeforeEach
    void useALocaleWithDecimalCommas() {
        Locale.setDefault(Locale.GERMANY);
    }

    @AfterEach
    void restoreTheLocale() {
        Locale.setDefault(locale);
    }

    private ConsoleProgress progress(boolean terminal, int width) {
        return new ConsoleProgress(new PrintStream(bytes, true, StandardCharsets.US_ASCII), terminal, width, () -> now);
    }

    /** What was printed since the last call. */
    private String printed() {
        String text = bytes.toString(StandardCharsets.US_ASCII);
        bytes.reset();
        return text;
    }

    private static Evaluation evaluation(double loss, int right, int wrong) {
        Classification counts = new Classification(2);
        for (int i = 0; i < right + wrong; i++) {
            counts.add(0, i < right ? 0 : 1);
        }
        return Evaluation.ofClasses(loss, counts.scores(), null, null);
    }

    private static Epoch epoch(int number) {
        return new Epoch(number, 8.5e-4f, 0.42134, evaluation(0.3987, 7, 1), evaluation(0.45, 3, 1), 12.25, 0.1);
    }

    @Test
    void anotherMetricThatEarlyStoppingWatchesIsShownUntilTheTrainingEnds() {
        ConsoleProgress progress = progress(false, 80);
        progress.watching(Metric.MACRO_F1);
        progress.trainingStarted(12, 100);
        progress.epochFinished(epoch(3));
        // Three of four right, all of one class: F1 is 6/7 for it and 0 for the other.
        assertThat(printed()).contains("validation 0.4500 (75.00 %)  macro F1 0.4286  rate");
        progress.trainingFinished(new History(List.of(epoch(1)), 1, false, false));
        progress.trainingStarted(12, 100);
        progress.epochFinished(epoch(3));
        assertThat(printed()).doesNotContain("macro F1");
        progress.watching(Metric.ACCURACY);
        progress.trainingStarted(12, 100);
        progress.epochFinished(epoch(3));
        assertThat(printed()).as("it is shown already").doesNotContain("accuracy");
    }

    @Test
    void aLogFileGetsALineForEachEpochAndNoControlCharacters() {
        ConsoleProgress progress = progress(false, 80);
        progress.trainingStarted(12, 100);
        for (int step = 1; step <= 100; step++) {
            now += SECOND;
            progress.stepFinished(1, step, 0.5);
        }
        progress.epochFinished(epoch(1));
        progress.epochFinished(new Epoch(2, 0.1f, 0.25, null, null, 0.5, 0));
        progress.trainingFinished(new History(List.of(epoch(1), epoch(2), epoch(3)), 1, true, true));
        assertThat(printed())
                .isEqualTo("epoch  1/12  loss 0.4213  training 0.3987 (87.50 %)  validation 0.4500 (75.00 %)"
                        + "  rate 8.50e-04  12.4 s\n"
                        + "epoch  2/12  loss 0.2500  rate 1.00e-01  0.50 s\n"
                        + "stopped early: no better than epoch 1 for 2 epochs\n"
                        + "restored the weights of epoch 1, the best\n");
    }

    @Test
    void anEpochIsTextForPeople() {
        assertThat(epoch(3))
                .hasToString("epoch 3: loss 0.4213; training: loss 0.3987, accuracy 87.50 %"
                        + "; validation: loss 0.4500, accuracy 75.00 %");
        assertThat(new Epoch(2, 0.1f, 0.25, null, null, 0.5, 0)).hasToString("epoch 2: loss 0.2500");
    }

    @Test
    void aTerminalGetsOneLineThatIsOverwrittenAndCleared() {
        ConsoleProgress progress = progress(true, 80);
        progress.trainingStarted(20, 100);
        now += SECOND;
        progress.stepFinished(3, 25, 1.25);
        assertThat(printed())
                .isEqualTo("\repoch  3/20  [========>                         ]   25 %  loss 1.2500  3 s left");
        now += SECOND;
        progress.stepFinished(3, 100, 0.5);
        assertThat(printed())
                .isEqualTo("\repoch  3/20  [==================================]  100 %  loss 0.5000  0 s left");
        progress.trainingFinished(new History(List.of(epoch(1)), 1, false, false));
        assertThat(printed()).isEqualTo("\r" + " ".repeat(79) + "\r");
    }

    @Test
    void theLineIsClearedBeforeTheEpochsLine() {
        ConsoleProgress progress = progress(true, 30);
        progress.trainingStarted(2, 10);
        now += 10 * SECOND;
        progress.stepFinished(1, 1, 1.25);
        assertThat(printed()).isEqualTo("\repoch 1/2  10 %  loss 1.2500 ");
        now += SECOND;
        progress.stepFinished(1, 10, 1);
        assertThat(printed()).isEqualTo("\repoch 1/2  100 %  loss 1.0000");
        progress.epochFinished(new Epoch(1, 0.1f, 0.25, null, null, 75, 0));
        assertThat(printed())
                .isEqualTo("\r" + " ".repeat(29) + "\repoch 1/2  loss 0.2500  rate 1.00e-01  1 min 15 s\n");
    }

    @Test
    void aShorterLineCoversTheOneBefore() {
        ConsoleProgress progress = progress(true, 60);
        progress.trainingStarted(2, 10);
        now += 600 * SECOND;
        progress.stepFinished(1, 5, 123.25);
        String first = printed();
        now += SECOND;
        progress.stepFinished(1, 6, 1.25);
        assertThat(printed()).hasSameSizeAs(first);
    }

    @Test
    void atMostTenUpdatesASecond() {
        ConsoleProgress progress = progress(true, 80);
        progress.trainingStarted(1, 1000);
        for (int step = 1; step <= 1000; step++) {
            now += SECOND / 1000;
            progress.stepFinished(1, step, 1);
        }
        assertThat(printed().chars().filter(c -> c == '\r').count()).isBetween(9L, 10L);
    }

    @Test
    void noWidthIsExceededOrTooSmall() {
        for (int width = 0; width <= 200; width++) {
            ConsoleProgress progress = progress(true, width);
            progress.trainingStarted(20, 3);
            now += SECOND;
            progress.stepFinished(1, 2, 12345678);
            assertThat(printed().substring(1).length()).isLessThan(Math.max(1, width));
        }
    }

    @Test
    void aFailureLeavesTheCursorOnANewLine() {
        ConsoleProgress progress = progress(true, 80);
        progress.trainingStarted(1, 10);
        now += SECOND;
        progress.stepFinished(1, 5, 1);
        printed();
        progress.trainingFailed(new IllegalStateException("a listener's"));
        assertThat(printed()).isEqualTo("\n");
        progress.trainingFailed(new IllegalStateException("again"));
        assertThat(printed()).isEmpty();
    }

    @Test
    void numbersThatAreNoNumbersAndClosedStreamsDoNoHarm() {
        PrintStream closed = new PrintStream(OutputStream.nullOutputStream());
        closed.close();
        ConsoleProgress progress = new ConsoleProgress(closed, true, 80, () -> now);
        progress.trainingStarted(1, 10);
        now += SECOND;
        assertThatCode(() -> {
                    progress.stepFinished(1, 5, Double.NaN);
                    progress.epochFinished(new Epoch(1, Float.NaN, Double.POSITIVE_INFINITY, null, null, 1, 0));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void theWidthComesFromTheShellIfItSaysOne() {
        assertThat(ConsoleProgress.columns(null)).isEqualTo(80);
        assertThat(ConsoleProgress.columns("132")).isEqualTo(132);
        assertThat(ConsoleProgress.columns("-1")).isEqualTo(80);
        assertThat(ConsoleProgress.columns("wide")).isEqualTo(80);
    }

    @Test
    void linesGoWhereTheyAreSent() {
        ConsoleProgress progress = ConsoleProgress.lines(new PrintStream(bytes, true, StandardCharsets.US_ASCII));
        progress.trainingStarted(1, 1);
        progress.epochFinished(new Epoch(1, 0.1f, 0.25, null, null, 3723, 0));
        assertThat(printed()).isEqualTo("epoch 1/1  loss 0.2500  rate 1.00e-01  1 h 02 min\n");
    }
}
