package io.espalier.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A safetensors file that is written again and again by a program that may be killed at any moment. The new one is written
 * beside and forced to the disk; only then the one before is renamed to its name with {@code .previous} behind it, and
 * the new one takes its place. At every moment one of the two is whole.
 */
public final class CheckpointFile {
    private CheckpointFile() {}

    /**
     * What was read.
     *
     * @param <T> what a checkpoint's content means
     * @param file which of the two it was read from
     * @param content what it holds
     * @param notice why it was not the newest one, if it was not
     */
    public record Found<T>(Path file, T content, Optional<String> notice) {}

    /**
     * Makes sense of a checkpoint.
     *
     * @param <T> what its content means
     */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * Makes sense of a file.
         *
         * @param file for messages
         * @param content all that is in it
         * @return what it means
         * @throws WeightFormatException if it is damaged: the checkpoint before is then tried
         */
        T read(Path file, TensorFile content) throws WeightFormatException;
    }

    /**
     * Where the checkpoint before the newest is kept.
     *
     * @param file the newest one's place
     * @return the same name with {@code .previous} behind it
     */
    public static Path previous(Path file) {
        return file.resolveSibling(file.getFileName() + ".previous");
    }

    /**
     * Whether there is anything to read.
     *
     * @param file the newest one's place
     * @return true if it or the one before is there
     */
    public static boolean exists(Path file) {
        return Files.exists(file) || Files.exists(previous(file));
    }

    /**
     * Refuses a place in a directory that is not there.
     *
     * @param file where checkpoints are to be written
     * @throws NoSuchFileException if there is no such directory
     */
    public static void requireDirectory(Path file) throws IOException {
        Safetensors.directory(file);
    }

    /**
     * Writes a checkpoint.
     *
     * @param file the newest one's place, in an existing directory
     * @param tensors what to write
     * @param metadata texts by name
     * @throws IOException if it cannot be written; the one before is whole then
     * @throws IllegalArgumentException if a value is not finite; likewise
     */
    public static void write(Path file, List<TensorSource> tensors, Map<String, String> metadata) throws IOException {
        Path directory = Safetensors.directory(file);
        // One name for all of them: what a killed program leaves half-written is overwritten by the next.
        Path beside = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Safetensors.writeThrough(beside, tensors, metadata);
            if (Files.exists(file)) {
                Files.move(file, previous(file), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (Throwable failure) {
            Safetensors.discard(beside, failure);
            throw failure;
        }
        forceDirectory(directory);
    }

    /** Renaming is a change of the directory, which some systems keep in memory until told. */
    private static void forceDirectory(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notOffered) {
            // Windows opens no directories; it writes renames through by itself.
        }
    }

    /**
     * Reads the newest checkpoint, or the one before if the newest is damaged or was not yet in its place.
     *
     * @param <T> what its content means
     * @param file the newest one's place
     * @param reader makes sense of the content
     * @return what was read
     * @throws NoSuchFileException if there is neither
     * @throws WeightFormatException if the newest is damaged and there is no other that is whole
     * @throws IOException if a file cannot be read
     */
    public static <T> Found<T> read(Path file, Reader<T> reader) throws IOException {
        Path previous = previous(file);
        if (!Files.exists(file)) {
            if (!Files.exists(previous)) {
                throw new NoSuchFileException(file.toString(), null, "there is no checkpoint");
            }
            return new Found<>(
                    previous,
                    reader.read(previous, Safetensors.read(previous)),
                    Optional.of("There is no " + file + ", as when a program ends between two renames. Going on from "
                            + previous + ", the checkpoint before."));
        }
        try {
            return new Found<>(file, reader.read(file, Safetensors.read(file)), Optional.empty());
        } catch (WeightFormatException damaged) {
            if (!Files.exists(previous)) {
                throw damaged;
            }
            try {
                return new Found<>(
                        previous,
                        reader.read(previous, Safetensors.read(previous)),
                        Optional.of("The newest checkpoint is damaged. Going on from " + previous + ", the one before. "
                                + damaged.getMessage()));
            } catch (IOException alsoDamaged) {
                damaged.addSuppressed(alsoDamaged);
                throw damaged;
            }
        }
    }
}
