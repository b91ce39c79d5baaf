package io.espalier.samples.languages;

import io.espalier.CompiledNetwork;
import io.espalier.store.WeightFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A network's weights together with what they mean: the languages in the order of the classes, and the features. A JDK with
 * other locale data may choose other languages, for which the weights would be wrong without looking wrong.
 */
final class LanguagesFile {
    private static final String LANGUAGES = "languages";
    private static final String FEATURES = "features";
    private static final String OUR_FEATURES =
            "signed 1- to 3-grams in " + NgramFeatures.BUCKETS + " buckets, version 1";

    private LanguagesFile() {}

    /**
     * Makes sure, before anything is trained, that a file can be written.
     *
     * @param file where the weights shall go
     * @throws IOException if they cannot go there, with the reason
     */
    static void checkWritable(Path file) throws IOException {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
        if (Files.isDirectory(file)) {
            throw new IOException("cannot save to " + file + ": it is a directory; name a file");
        }
        if (!Files.isDirectory(directory)) {
            throw new IOException("cannot save to " + file + ": there is no directory " + directory);
        }
        if (!Files.isWritable(directory)) {
            throw new IOException("cannot save to " + file + ": the directory " + directory + " is not writable");
        }
    }

    /**
     * Makes sure, before anything else is read, that there is a file.
     *
     * @param file where the weights should be
     * @throws IOException if there is none, with the reason
     */
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
     * @param languages what its classes stand for
     * @throws IOException if the file cannot be written
     */
    static void save(Path file, CompiledNetwork network, List<Locale> languages) throws IOException {
        Map<String, String> metadata = Map.of(LANGUAGES, codes(languages), FEATURES, OUR_FEATURES);
        try {
            WeightFile.save(file, network.parameters(), network.description(), metadata);
        } catch (FileSystemException e) {
            throw new IOException("cannot save to " + file + ": " + reason(e), e);
        }
    }

    /**
     * Reads a network's weights.
     *
     * @param file written by {@link #save}
     * @param network gets the weights
     * @param languages what its classes have to stand for
     * @throws IOException if the file cannot be read, belongs to another network, or to other languages or features
     */
    static void load(Path file, CompiledNetwork network, List<Locale> languages) throws IOException {
        Map<String, String> metadata;
        try {
            metadata = WeightFile.load(file, network.parameters(), network.description());
        } catch (FileSystemException e) {
            throw new IOException("cannot load " + file + ": " + reason(e), e);
        }
        check(file, FEATURES, metadata, OUR_FEATURES);
        check(file, LANGUAGES, metadata, codes(languages));
    }

    private static void check(Path file, String key, Map<String, String> metadata, String expected) throws IOException {
        String found = metadata.getOrDefault(key, "none");
        if (!found.equals(expected)) {
            throw new IOException("cannot use " + file + ": it was saved for other " + key + "\n  in the file: " + found
                    + "\n  here:        " + expected + "\nTrain and --save it again with this program and JDK "
                    + Runtime.version().feature());
        }
    }

    private static String codes(List<Locale> languages) {
        return languages.stream().map(Locale::getLanguage).collect(Collectors.joining(" "));
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
