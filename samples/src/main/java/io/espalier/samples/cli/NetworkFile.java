package io.espalier.samples.cli;

import io.espalier.CompiledNetwork;
import io.espalier.store.WeightFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** A network's weights together with what they mean, as texts. */
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
     * Writes a network's weights.
     *
     * @param file is replaced if it exists
     * @param network with its weights
     * @param texts what they mean
     * @throws IOException if the file cannot be written
     */
    public static void save(Path file, CompiledNetwork network, Map<String, String> texts) throws IOException {
        try {
            texts.forEach(network::text);
            network.save(file);
        } catch (FileSystemException e) {
            throw new IOException("cannot save to " + file + ": " + reason(e), e);
        }
    }

    /**
     * Reads a network's weights.
     *
     * @param file written by {@link #save}
     * @param network gets the weights
     * @return what they mean
     * @throws IOException if the file cannot be read, or belongs to another network
     */
    public static Map<String, String> load(Path file, CompiledNetwork network) throws IOException {
        try {
            return WeightFile.load(file, network.parameters(), network.description());
        } catch (FileSystemException e) {
            throw new IOException("cannot load " + file + ": " + reason(e), e);
        }
    }

    /**
     * Makes sure that a network was saved for what it is to be used for now.
     *
     * @param file where it came from
     * @param texts what {@link #load} gave
     * @param key what to compare
     * @param expected what it has to be
     * @throws IOException if it is something else
     */
    public static void require(Path file, Map<String, String> texts, String key, String expected) throws IOException {
        String found = texts.getOrDefault(key, "none");
        if (!found.equals(expected)) {
            throw new IOException("cannot use " + file + ": it was saved for other " + key + " (in the file: " + found
                    + "; here: " + expected + "); train and --save it again");
        }
    }

    private static String reason(FileSystemException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException exists -> "it exists already";
            default -> Objects.requireNonNullElse(e.getReason(), e.toString());
        };
    }
}
