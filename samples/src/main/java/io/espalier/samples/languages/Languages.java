package io.espalier.samples.languages;

import io.espalier.CompiledNetwork;
import io.espalier.train.ConsoleProgress;
import io.espalier.train.NonFiniteLossException;
import io.espalier.train.TrainingListener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command line of the main sample: trains the same network bare and regularized to tell the language of a name, compares
 * the two, and asks the better one about names.
 */
@Command(
        name = "languages",
        header = "Tells the language of a name.",
        description = {
            "Trains a network twice, bare and regularized, on the names of countries, languages and currencies that this"
                    + " JDK knows in " + Names.LANGUAGES + " languages, and compares the two on things that neither has"
                    + " been told the names of. Then the regularized one is asked about names."
        },
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage."},
        usageHelpAutoWidth = true)
public final class Languages implements Callable<Integer> {
    private static final int SHOWN_NAMES = 10;
    private static final String DEFAULT_EPOCHS = "12";
    private static final String DEFAULT_SEED = "42";
    /** Stands for the characters of an argument that the JVM could not decode. */
    private static final int REPLACEMENT = 0xfffd;

    /** More would only cost memory: a step has a few hundred rows to share. */
    private static final int MOST_THREADS = 256;

    /** What a user can do something about, and is told without a stack trace. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(IllegalStateException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final PrintStream out;
    private final Supplier<TrainingListener> progress;
    private final Supplier<LanguageData> reader;
    private final long start = System.nanoTime();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = DEFAULT_EPOCHS,
            description = "How often each network sees all names; ${DEFAULT-VALUE} unless given.")
    private int epochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = DEFAULT_SEED,
            description =
                    "Fixes weights, order, masks and the names shown, not what is held out; ${DEFAULT-VALUE} unless"
                            + " given.")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "How many threads to use; as many as there are processors unless given. The result is the same"
                            + " for any number.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Saves the regularized network, with its languages, as safetensors.")
    private @Nullable Path save;

    @Option(
            names = "--load",
            paramLabel = "FILE",
            description = "Takes the regularized network from a file instead of training; not with --epochs or --save.")
    private @Nullable Path load;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Prints this and ends.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Names to tell the language of.")
    private List<String> names = List.of();

    /**
     * A run.
     *
     * @param out where to print
     * @param progress makes the listener for each training
     * @param reader reads the names; throws an IllegalStateException if the JDK has too few
     */
    Languages(PrintStream out, Supplier<TrainingListener> progress, Supplier<LanguageData> reader) {
        this.out = out;
        this.progress = progress;
        this.reader = reader;
    }

    /**
     * Runs the program.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        // A terminal that claims to know ASCII only mostly shows UTF-8 all the same, and question marks help nobody.
        if (System.out.charset().equals(StandardCharsets.US_ASCII)) {
            System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        }
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, System.out.charset());
        Languages run = new Languages(System.out, ConsoleProgress::create, () -> LanguageData.of(Names.ofThisJdk()));
        System.exit(execute(run, err, arguments));
    }

    /**
     * Runs with arguments.
     *
     * @param run a new run
     * @param err where errors go
     * @param arguments see {@code --help}
     * @return the exit code
     */
    static int execute(Languages run, PrintWriter err, String... arguments) {
        return new CommandLine(run)
                .setOut(new PrintWriter(run.out, true, run.out.charset()))
                .setErr(err)
                .setParameterExceptionHandler((wrong, all) -> {
                    err.println("languages: " + wrong.getMessage());
                    err.println("See languages --help");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((failure, commandLine, result) -> {
                    if (failure instanceof IOException
                            || failure instanceof Refusal
                            || failure instanceof NonFiniteLossException) {
                        err.println("languages: " + failure.getMessage());
                        return CommandLine.ExitCode.SOFTWARE;
                    }
                    throw failure;
                })
                .execute(arguments);
    }

    @Override
    public Integer call() throws IOException, Refusal {
        checkUsage();
        if (save != null) {
            LanguagesFile.checkWritable(save);
        }
        if (load != null) {
            LanguagesFile.checkReadable(load);
        }
        LanguageData data;
        CompiledNetwork bare;
        CompiledNetwork regularized;
        try {
            bare = BareLanguagesNetwork.create(seed);
            regularized = RegularizedLanguagesNetwork.create(seed);
            data = reader.get();
        } catch (IllegalStateException e) {
            throw new Refusal(e);
        }
        Report report = new Report(data);
        out.println(report.dataSet());
        List<Contender> contenders = load == null ? train(bare, regularized, data) : take(load, regularized, data);
        Contender asked = contenders.getLast();
        out.println(report.table(contenders));
        out.println(report.mistakes(asked));
        LanguageTeller teller = new LanguageTeller(asked.network().predictor());
        out.println("Held-out names, what they are, and what " + asked.name() + " takes them for:");
        data.split().drawn(SHOWN_NAMES, seed).forEach(name -> out.print(report.told(teller, name)));
        if (!names.isEmpty()) {
            out.println("\nYour names:");
            names.forEach(name -> out.print(report.told(teller, name)));
        }
        out.print("\n" + report.result(settings(), contenders, (System.nanoTime() - start) * 1e-9));
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private List<Contender> train(CompiledNetwork bare, CompiledNetwork regularized, LanguageData data)
            throws IOException {
        Contender.Settings settings = new Contender.Settings(epochs, seed, threads);
        out.println("Training the bare network, " + size(bare) + ":");
        Contender first = Contender.trained("bare", bare, data, settings, progress.get());
        out.println("\nTraining the regularized network, " + size(regularized) + ":");
        Contender second = Contender.trained("regularized", regularized, data, settings, progress.get());
        out.println();
        if (save != null) {
            LanguagesFile.save(save, regularized, data.languages());
            out.println("Saved the regularized network to " + save + "\n");
        }
        return List.of(first, second);
    }

    private List<Contender> take(Path file, CompiledNetwork regularized, LanguageData data) throws IOException {
        LanguagesFile.load(file, regularized, data.languages());
        out.println("Loaded the regularized network from " + file + "\n");
        return List.of(Contender.loaded("regularized", regularized, data, threads));
    }

    private static String size(CompiledNetwork network) {
        return String.format(Locale.ROOT, "%,d parameters", network.parameters().count());
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (load == null) {
            settings.put("epochs", epochs);
        }
        settings.put("seed", seed);
        settings.put("threads", threads);
        return settings;
    }

    private void checkUsage() {
        if (epochs < 1) {
            throw wrong("--epochs must be at least 1, but it is " + epochs);
        }
        if (threads < 1 || threads > MOST_THREADS) {
            throw wrong("--threads must be 1 to " + MOST_THREADS + ", but it is " + threads);
        }
        if (load != null && (given("--epochs") || given("--save"))) {
            throw wrong("--load takes a network that is trained already; leave out "
                    + (given("--epochs") ? "--epochs" : "--save"));
        }
        for (String name : names) {
            if (name.indexOf(REPLACEMENT) >= 0) {
                throw wrong(
                        "the name '" + name + "' was not readable in the character set that the JVM was started with ("
                                + System.getProperty("sun.jnu.encoding")
                                + "); set LC_ALL=C.UTF-8 or another locale with UTF-8");
            }
            if (Text.normalize(name).isEmpty()) {
                throw wrong("the name '" + name + "' has no letter to tell a language by");
            }
        }
    }

    private boolean given(String option) {
        return command().getParseResult().hasMatchedOption(option);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command(), message);
    }

    private CommandLine command() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
