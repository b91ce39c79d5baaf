package io.espalier.samples.cli;

import io.espalier.store.CheckpointFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of every sample: how to train, and where the network is kept. */
public final class TrainingOptions {
    private static final long DEFAULT_SEED = 42;

    /** What means nothing where no network is trained. */
    private static final List<String> TRAINING_ONLY = List.of("--epochs", "--save", "--checkpoint", "--resume");

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

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Writes a checkpoint after every epoch, from which a training that was killed goes on.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--resume",
            description =
                    "Goes on from the --checkpoint, to the weights that a run without a break would have come to.")
    private boolean resume;

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

    /**
     * Where a network's checkpoints go, if anywhere: those of the regularized one to the file itself, those of another to one
     * beside it.
     *
     * @param network what the tables call it
     */
    @Nullable
    Path checkpoint(String network) {
        if (checkpoint == null || network.equals(Sample.REGULARIZED)) {
            return checkpoint;
        }
        return checkpoint.resolveSibling(checkpoint.getFileName() + "." + network);
    }

    boolean resume() {
        return resume;
    }

    /** Refuses numbers out of range and options that contradict each other. */
    void check(CommandSpec command) {
        if (epochs < 1) {
            throw wrong(command, "--epochs must be at least 1, but it is " + epochs);
        }
        if (threads < 1 || threads > MOST_THREADS) {
            throw wrong(command, "--threads must be 1 to " + MOST_THREADS + ", but it is " + threads);
        }
        if (resume && checkpoint == null) {
            throw wrong(command, "--resume goes on from a checkpoint; name it with --checkpoint FILE");
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
        if (checkpoint != null) {
            NetworkFile.checkWritable(checkpoint, "write checkpoints to");
            checkCheckpoints(checkpoint);
        }
    }

    /** A training never overwrites what another, killed one has left behind, unless it goes on from there. */
    private void checkCheckpoints(Path file) throws IOException {
        boolean found = false;
        for (String network : List.of(Sample.REGULARIZED, Sample.BARE)) {
            Path each = Objects.requireNonNull(checkpoint(network), "there is --checkpoint");
            if (CheckpointFile.exists(each)) {
                found = true;
                if (!resume) {
                    throw new IOException(
                            "there is a checkpoint in " + each + " already: go on from it with --resume, or delete it");
                }
            }
        }
        if (resume && !found) {
            throw new IOException(
                    "cannot resume from " + file + ": there is no checkpoint; leave out --resume to begin");
        }
    }

    static ParameterException wrong(CommandSpec command, String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
