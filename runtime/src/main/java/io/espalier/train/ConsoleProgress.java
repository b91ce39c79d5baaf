package io.espalier.train;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows a training on the console: a line for each epoch, and on a terminal a bar below them while an epoch lasts. Where
 * the output is no terminal, a log file for instance, there are only the lines, without control characters.
 *
 * <pre>{@code
 * epoch  3/20  loss 0.4213  training 0.3987 (88.12 %)  validation 0.4501 (85.90 %)  rate 8.50e-04  12.3 s
 * epoch  4/20  [=======>                          ]   22 %  loss 0.4101  9 s left
 * }</pre>
 *
 * <p>{@code loss} is what training minimized; {@code training} and {@code validation} are evaluations: plain loss, and
 * accuracy in parentheses; behind them stands what early stopping watches, if that is another number. The time is that of the steps and the evaluations together. One instance follows one training
 * at a time.
 */
public final class ConsoleProgress implements TrainingListener {
    private static final long NANOS_BETWEEN_UPDATES = 100_000_000;
    private static final int LONGEST_BAR = 40;
    private static final int SHORTEST_BAR = 10;
    private static final int USUAL_WIDTH = 80;

    private final PrintStream out;
    private final boolean terminal;
    private final int width;
    private final LongSupplier nanoTime;
    private int epochs;
    private int stepsPerEpoch;
    private long epochStart;
    private long lastUpdate;
    private int shown;
    private @Nullable Metric watched;

    ConsoleProgress(PrintStream out, boolean terminal, int width, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.width = width;
        this.nanoTime = nanoTime;
    }

    /**
     * Progress on {@link System#out}, with a bar if that is a terminal. The terminal's width is taken from the
     * environment variable COLUMNS where the shell exports it, and 80 otherwise.
     *
     * @return a listener for {@link Trainer#listener}
     */
    @SuppressWarnings("SystemConsoleNull") // it is null again on JDK 25, whose console is the built-in one
    public static ConsoleProgress create() {
        Console console = System.console();
        boolean terminal = console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
        return new ConsoleProgress(System.out, terminal, columns(System.getenv("COLUMNS")), System::nanoTime);
    }

    /**
     * Progress as lines only, wherever they shall go.
     *
     * @param out where to print
     * @return a listener for {@link Trainer#listener}
     */
    public static ConsoleProgress lines(PrintStream out) {
        return new ConsoleProgress(out, false, USUAL_WIDTH, System::nanoTime);
    }

    static int columns(@Nullable String variable) {
        try {
            int columns = variable == null ? 0 : Integer.parseInt(variable.strip());
            return columns > 0 ? columns : USUAL_WIDTH;
        } catch (NumberFormatException e) {
            return USUAL_WIDTH;
        }
    }

    @Override
    public void watching(Metric metric) {
        // The losses and the accuracy stand in every line anyway.
        watched = metric == Metric.VALIDATION_LOSS || metric == Metric.TRAINING_LOSS || metric == Metric.ACCURACY
                ? null
                : metric;
    }

    @Override
    public void trainingStarted(int epochCount, int steps) {
        epochs = epochCount;
        stepsPerEpoch = steps;
        shown = 0;
        epochStart = nanoTime.getAsLong();
        lastUpdate = epochStart;
    }

    @Override
    public void trainingResumed(CheckpointPlace from) {
        print("resumed from " + from + "\n");
    }

    @Override
    public void stepFinished(int epoch, int step, double meanLoss) {
        if (!terminal) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (now - lastUpdate < NANOS_BETWEEN_UPDATES) {
            return;
        }
        lastUpdate = now;
        double left = (now - epochStart) * 1e-9 * (stepsPerEpoch - step) / step;
        String tail = String.format(
                Locale.ROOT, "%3d %%  loss %.4f  %s left", 100L * step / stepsPerEpoch, meanLoss, roughly(left));
        overwrite(withBar(title(epoch), tail, (double) step / stepsPerEpoch));
    }

    @Override
    public void epochFinished(Epoch epoch) {
        StringBuilder line = new StringBuilder(title(epoch.number()));
        line.append(String.format(Locale.ROOT, "  loss %.4f", epoch.trainingLoss()));
        Evaluation training = epoch.training();
        if (training != null) {
            line.append("  training ").append(judged(training));
        }
        Evaluation validation = epoch.validation();
        if (validation != null) {
            line.append("  validation ").append(judged(validation));
        }
        if (watched != null) {
            line.append(String.format(Locale.ROOT, "  %s %.4f", watched, watched.value(epoch)));
        }
        line.append(String.format(Locale.ROOT, "  rate %.2e  ", epoch.learningRate()));
        line.append(exactly(epoch.seconds() + epoch.evaluationSeconds()));
        clear();
        print(line + "\n");
        epochStart = nanoTime.getAsLong();
    }

    @Override
    public void trainingFinished(History history) {
        clear();
        if (history.stoppedEarly()) {
            int best = history.bestEpoch();
            int since = history.epochs().size() - best;
            print("stopped early: no better than epoch " + best + " for " + since
                    + (since == 1 ? " epoch\n" : " epochs\n"));
        }
        watched = null;
        if (history.bestRestored()) {
            print("restored the weights of epoch " + history.bestEpoch() + ", the best\n");
        }
    }

    @Override
    public void trainingFailed(Throwable cause) {
        watched = null;
        if (shown > 0) {
            // The line stays: it says how far training came, and what is printed next starts on a line of its own.
            shown = 0;
            print("\n");
        }
    }

    private String title(int epoch) {
        int digits = Integer.toString(epochs).length();
        return String.format(Locale.ROOT, "epoch %" + digits + "d/%d", epoch, epochs);
    }

    private static String judged(Evaluation evaluation) {
        return String.format(Locale.ROOT, "%.4f (%s)", evaluation.loss(), evaluation.telling());
    }

    /** Title, bar and tail in less than the terminal's width, because a line that wraps cannot be overwritten. */
    private String withBar(String title, String tail, double share) {
        int room = width - 1 - title.length() - tail.length() - 2 * "  ".length() - "[]".length();
        String line = title + "  " + tail.strip();
        if (room >= SHORTEST_BAR) {
            int length = Math.min(room, LONGEST_BAR);
            int full = (int) (share * length);
            String done = full == length ? "=".repeat(full) : "=".repeat(full) + ">";
            line = title + "  [" + done + " ".repeat(length - done.length()) + "]  " + tail;
        }
        return line.length() < width ? line : line.substring(0, Math.max(0, width - 1));
    }

    private void overwrite(String line) {
        print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
        shown = line.length();
    }

    private void clear() {
        if (shown > 0) {
            print("\r" + " ".repeat(shown) + "\r");
            shown = 0;
        }
    }

    private void print(String text) {
        out.print(text);
        out.flush();
    }

    private static String roughly(double seconds) {
        return duration(Math.round(seconds), Long.toString(Math.round(seconds)));
    }

    private static String exactly(double seconds) {
        return duration(Math.round(seconds), String.format(Locale.ROOT, seconds < 10 ? "%.2f" : "%.1f", seconds));
    }

    private static String duration(long rounded, String seconds) {
        Duration time = Duration.ofSeconds(rounded);
        if (rounded < 60) {
            return seconds + " s";
        }
        if (rounded < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart());
        }
        return String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart());
    }
}
