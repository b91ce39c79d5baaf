package io.espalier.samples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of every sample: how to train, and where the network is kept. */
public final class TrainingOptions {
    private static final long DEFAULT_SEED = 42;

    /** What means nothing where no network is trained. */
    private static final List<String> TRAINING_ONLY = List.of("--epochs", "--save");

    /** More would only cost memory: a step has a few hundred rows to share. */
    private static final int MOST_THREADS = 256;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "How often a network sees all examples; ${DEFAULT-VALUE} unless given.")
    private int epochs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Fixes weights, order and masks, not which examples are held out; ${DEFAULT-VALUE} unless given.")
    private long seed = DEFAULT_SEED;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "How many threads to use; as many as there are processors unless given. The result is the same"
                            + " for any number.")
    private int threads = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Saves the regularized network, with what its inputs and outputs mean, as safetensors.")
    private @Nullable Path save;

    @Option(
            names = "--load",
            paramLabel = "FILE",
            description = "Takes the regularized network from a file that --save has written instead of training it.")
    private @Nullable Path load;

    TrainingOptions(int epochs) {
        this.epochs = epochs;
    }

    /** At least 1. */
    public int epochs() {
        return epochs;
    }

    /** Any number. */
    public long seed() {
        return seed;
    }

    /** At least 1. */
    public int threads() {
        return threads;
    }

    /** Where the network shall be kept, if anywhere. */
    public @Nullable Path save() {
        return save;
    }

    /** Where a trained network is, if there is one. */
    public @Nullable Path load() {
        return load;
    }

    /** Refuses numbers out of range and options that contradict each other. */
    void check(CommandSpec command) {
        if (epochs < 1) {
            throw wrong(command, "--epochs must be at least 1, but it is " + epochs);
        }
        if (threads < 1 || threads > MOST_THREADS) {
            throw wrong(command, "--threads must be 1 to " + MOST_THREADS + ", but it is " + threads);
        }
    }

    /** Refuses what only a training can do where nothing is trained. */
    void checkNotTraining(CommandSpec command, List<String> others) {
        if (load == null) {
            return;
        }
        for (String option :
                Stream.concat(TRAINING_ONLY.stream(), others.stream()).toList()) {
            if (command.commandLine().getParseResult().hasMatchedOption(option)) {
                throw wrong(command, "--load takes a network that is trained already; leave out " + option);
            }
        }
    }

    /** Makes sure, before anything is read or trained, that the files can be what they are named for. */
    void checkFiles() throws IOException {
        if (save != null) {
            NetworkFile.checkWritable(save, "save to");
        }
        if (load != null) {
            NetworkFile.checkReadable(load);
        }
    }

    static ParameterException wrong(CommandSpec command, String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
