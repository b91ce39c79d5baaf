package io.espalier.samples.cli;

import io.espalier.CompiledNetwork;
import io.espalier.train.Checkpoints;
import io.espalier.train.EarlyStopping;
import io.espalier.train.History;
import io.espalier.train.LearningRate;
import io.espalier.train.NonFiniteLossException;
import io.espalier.train.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line of a sample. What goes wrong and is the user's to mend is told in a line on the error stream; exit codes are
 * 0 for done, 1 for failed and 2 for wrong usage.
 */
@Command(
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage."},
        usageHelpAutoWidth = true)
public abstract class Sample implements Callable<Integer> {
    /** What the tables call the network without regularizers. */
    protected static final String BARE = "bare";

    /** What the tables call the network that is kept. */
    protected static final String REGULARIZED = "regularized";

    private static final double WARMUP_EPOCHS = 1;

    private final Console console;
    private final long start = System.nanoTime();

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final TrainingOptions options;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Prints this and ends.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    /**
     * A run.
     *
     * @param console where to print
     * @param epochs how many to train unless told otherwise
     */
    protected Sample(Console console, int epochs) {
        this.console = console;
        this.options = new TrainingOptions(epochs);
    }

    /**
     * Runs with arguments, once.
     *
     * @param arguments see {@code --help}
     * @return the exit code
     */
    public final int execute(String... arguments) {
        CommandLine line = new CommandLine(this);
        String name = line.getCommandName();
        PrintWriter err = console.err();
        return line.setOut(new PrintWriter(out(), true, out().charset()))
                .setErr(err)
                .setParameterExceptionHandler((wrong, all) -> {
                    err.println(name + ": " + wrong.getMessage());
                    err.println("See " + name + " --help");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((failure, commandLine, result) -> {
                    if (failure instanceof IOException
                            || failure instanceof Refusal
                            || failure instanceof NonFiniteLossException
                            || failure instanceof UncheckedIOException) {
                        err.println(name + ": " + told(failure));
                        return CommandLine.ExitCode.SOFTWARE;
                    }
                    throw failure;
                })
                .execute(arguments);
    }

    private static String told(Throwable failure) {
        if (failure instanceof FileSystemException e) {
            return e.getFile() + ": " + NetworkFile.reason(e);
        }
        Throwable cause = failure.getCause();
        String message = String.valueOf(failure.getMessage());
        return failure instanceof UncheckedIOException && cause != null ? message + ": " + told(cause) : message;
    }

    @Override
    public final Integer call() throws IOException, Refusal {
        options.check(spec());
        options.checkNotTraining(spec(), trainingOptions());
        checkUsage();
        options.checkFiles();
        ResultLine result = run();
        out().println("\n" + result.add("seconds", (System.nanoTime() - start) * 1e-9, 1));
        out().flush();
        return CommandLine.ExitCode.OK;
    }

    /** The sample's own options that only a training can take, besides those of {@link TrainingOptions}. */
    protected List<String> trainingOptions() {
        return List.of();
    }

    /**
     * Refuses arguments that the sample cannot work with.
     *
     * @throws ParameterException made by {@link #wrong}
     */
    protected void checkUsage() {}

    /**
     * Does the work.
     *
     * @return what was found; settings and seconds are added to it
     * @throws IOException for files
     * @throws Refusal for all else that the user can mend
     */
    protected abstract ResultLine run() throws IOException, Refusal;

    /** Where to print. */
    protected final PrintStream out() {
        return console.out();
    }

    /** What all samples are told. */
    protected final TrainingOptions options() {
        return options;
    }

    /**
     * Wrong usage.
     *
     * @param message what is wrong, and what to do
     */
    protected final ParameterException wrong(String message) {
        return TrainingOptions.wrong(spec(), message);
    }

    /**
     * Trains a network for all epochs, with a cosine schedule after an epoch of warm-up, and leaves it with the weights that
     * did best on the held-out examples.
     *
     * @param name what the tables shall call it
     * @param network is trained
     * @param parts the data
     * @param measure what the tables tell of it besides its loss
     * @param settings what else the trainer is told, such as the batch size and the measure of the best
     * @throws IOException if a checkpoint cannot be read
     * @throws Refusal if a checkpoint belongs to another training
     */
    protected final Contender train(
            String name, CompiledNetwork network, Parts parts, Measure measure, UnaryOperator<Trainer> settings)
            throws IOException, Refusal {
        out().printf(
                        Locale.ROOT,
                        "Training the %s network, %,d parameters:%n",
                        name,
                        network.parameters().count());
        Trainer trainer = settings.apply(network.trainer()
                .epochs(options.epochs())
                .seed(options.seed())
                .threads(options.threads())
                .schedule(LearningRate.cosine().warmupEpochs(WARMUP_EPOCHS))
                .earlyStopping(EarlyStopping.patience(options.epochs()))
                .listener(console.progress().get()));
        History history = fit(trainer, options.checkpoint(name), parts);
        out().println();
        return Contender.of(name, network, measure, parts, options.threads(), history);
    }

    private History fit(Trainer trainer, @Nullable Path checkpoint, Parts parts) throws IOException, Refusal {
        if (checkpoint == null) {
            return fit(trainer, parts);
        }
        trainer.checkpoint(Checkpoints.to(checkpoint));
        if (!options.resume()) {
            return fit(trainer, parts);
        }
        try {
            return fit(trainer.resumeIfPresent(checkpoint), parts);
        } catch (IllegalArgumentException | IllegalStateException e) {
            // A checkpoint of another network, or of a training with other settings or data.
            throw new Refusal(e);
        }
    }

    private static History fit(Trainer trainer, Parts parts) {
        return trainer.fit(parts.trained(), Objects.requireNonNull(parts.validation(), "chosen by"));
    }

    /**
     * Takes a network as it is.
     *
     * @param name what the tables shall call it
     * @param network has its weights
     * @param parts the data
     * @param measure what the tables tell of it besides its loss
     */
    protected final Contender judge(String name, CompiledNetwork network, Parts parts, Measure measure) {
        return Contender.of(name, network, measure, parts, options.threads(), null);
    }

    /**
     * Keeps a network where {@code --save} says, if it says so.
     *
     * @param contender its network has names for its labels, and texts on how its inputs are made
     * @throws IOException if it cannot be written
     */
    protected final void save(Contender contender) throws IOException {
        Path file = options.save();
        if (file != null) {
            NetworkFile.save(file, contender.network());
            out().println("Saved the " + contender.name() + " network to " + file + "\n");
        }
    }

    /**
     * The networks side by side.
     *
     * @param contenders judged on the same parts
     * @return lines that end in {@code \n}
     */
    protected static String table(List<Contender> contenders) {
        return ContenderTable.of(contenders);
    }

    /**
     * Adds what the networks were trained with, and how good they are.
     *
     * @param line what comes before
     * @param contenders the networks
     * @return the same line
     */
    protected final ResultLine addAll(ResultLine line, List<Contender> contenders) {
        if (options.load() == null) {
            line.add("epochs", options.epochs());
        }
        line.add("seed", options.seed()).add("threads", options.threads());
        contenders.forEach(contender -> contender.addTo(line));
        return line;
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "picocli sets it");
    }
}
