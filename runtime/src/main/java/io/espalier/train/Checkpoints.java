package io.espalier.train;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where and how often a training writes checkpoints, from which it can be resumed as if it had never ended. Immutable: each
 * method returns another.
 *
 * <pre>{@code
 * Checkpoints.to(file)                      // after every epoch
 * Checkpoints.to(file).everySteps(500)      // and within epochs
 * }</pre>
 *
 * <p>A checkpoint is a safetensors file, readable from Python: the weights under their own names, what the optimizer keeps
 * as {@code moments.0/…}, the weights to be given back as {@code kept/…}, the rest in its metadata. It takes some three to
 * four times as much room as the weights. It is written beside its place, forced to the disk and renamed; the one before
 * stays as {@code <file>.previous}. Weights, moments or losses that are not finite are never written.
 */
public final class Checkpoints {
    private final Path file;
    private final int epochs;
    private final int steps;

    private Checkpoints(Path file, int epochs, int steps) {
        this.file = file;
        this.epochs = epochs;
        this.steps = steps;
    }

    /**
     * Checkpoints after every epoch.
     *
     * @param file where they are written, in an existing directory; one training at a time
     * @return a checkpoint after each epoch
     */
    public static Checkpoints to(Path file) {
        return new Checkpoints(Objects.requireNonNull(file, "file"), 1, 0);
    }

    /**
     * Checkpoints after every so many epochs, and after the last one.
     *
     * @param count how many epochs apart, at least 1; 1 unless set
     * @return the same with that many
     * @throws IllegalArgumentException if it is less
     */
    public Checkpoints everyEpochs(int count) {
        return new Checkpoints(file, positive(count, "everyEpochs"), steps);
    }

    /**
     * Checkpoints after every so many steps of the training as well, each in the middle of its epoch.
     *
     * @param count how many steps (updates) apart, at least 1; none unless set
     * @return the same with that many
     * @throws IllegalArgumentException if it is less
     */
    public Checkpoints everySteps(int count) {
        return new Checkpoints(file, epochs, positive(count, "everySteps"));
    }

    Path file() {
        return file;
    }

    boolean afterEpoch(int number, int all) {
        return number % epochs == 0 || number == all;
    }

    boolean afterStep(long number) {
        return steps > 0 && number % steps == 0;
    }

    private static int positive(int count, String name) {
        if (count < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but it is " + count);
        }
        return count;
    }
}
