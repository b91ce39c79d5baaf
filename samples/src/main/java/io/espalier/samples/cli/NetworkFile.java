package io.espalier.samples.cli;

import io.espalier.CompiledNetwork;
import io.espalier.store.Safetensors;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** A network's weights together with what they mean: label names, and texts on how inputs are made. */
public final class NetworkFile {
    private NetworkFile() {}

    /** Makes sure, before anything is trained, that a file can be written. */
    static void checkWritable(Path file, String what) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
        if (Files.isDirectory(file)) {
            throw new IOException("cannot " + what + " " + file + ": it is a directory; name a file");
        }
        if (!Files.isDirectory(directory)) {
            throw new IOException("cannot " + what + " " + file + ": there is no directory " + directory);
        }
        if (!Files.isWritable(directory)) {
            throw new IOException("cannot " + what + " " + file + ": the directory " + directory + " is not writable");
        }
    }

    /** Makes sure, before anything else is read, that there is a file. */
    static void checkReadable(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("cannot load " + file + ": it is a directory; name a file that --save has written");
        }
        if (!Files.exists(file)) {
            throw new IOException("cannot load " + file + ": there is no such file; --save writes one");
        }
    }

    /**
     * Writes a network's weights, with its label names and texts.
     *
     * @param file is replaced if it exists
     * @param network with its weights
     * @throws IOException if the file cannot be written
     */
    static void save(Path file, CompiledNetwork network) throws IOException {
        try {
            network.save(file);
        } catch (FileSystemException e) {
            throw new IOException("cannot save to " + file + ": " + reason(e), e);
        }
    }

    /**
     * A generated network's {@code load}.
     *
     * @param <N> the network
     */
    @FunctionalInterface
    public interface Loader<N extends CompiledNetwork> {
        /**
         * Reads a network.
         *
         * @param file where it is
         * @throws IOException if it cannot be read, or is another network
         */
        N load(Path file) throws IOException;
    }

    /**
     * Reads a network, with its label names and texts.
     *
     * @param <N> the network
     * @param file written with {@code --save}
     * @param loader of the generated class
     * @throws IOException if the file cannot be read, or belongs to another network
     */
    public static <N extends CompiledNetwork> N load(Path file, Loader<N> loader) throws IOException {
        try {
            return loader.load(file);
        } catch (FileSystemException e) {
            throw new IOException("cannot load " + file + ": " + reason(e), e);
        }
    }

    /**
     * Reads what was kept beside a network's weights, to know which network it is.
     *
     * @param file written with {@code --save}
     * @throws IOException if the file cannot be read
     */
    public static Map<String, String> texts(Path file) throws IOException {
        try {
            return Safetensors.read(file).metadata();
        } catch (FileSystemException e) {
            throw new IOException("cannot load " + file + ": " + reason(e), e);
        }
    }

    /**
     * Makes sure that a network was saved for what it is to be used for now.
     *
     * @param file where it came from
     * @param what is compared
     * @param found what it was saved for
     * @param expected what it has to be
     * @throws IOException if it is something else
     */
    public static void require(Path file, String what, Object found, Object expected) throws IOException {
        if (!found.equals(expected)) {
            throw new IOException("cannot use " + file + ": it was saved for other " + what + " (in the file: " + found
                    + "; here: " + expected + "); train and --save it again");
        }
    }

    /** In words, where the exception's own message is only the name of the file. */
    static String reason(FileSystemException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException exists -> "it exists already";
            default -> Objects.requireNonNullElse(e.getReason(), e.toString());
        };
    }
}
