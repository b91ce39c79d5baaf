package io.espalier.samples.languages;

import io.espalier.CompiledNetwork;
import io.espalier.samples.cli.NetworkFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the weights mean: the languages in the order of the classes, and the features. A JDK with other locale data may choose
 * other languages, for which the weights would be wrong without looking wrong.
 */
final class LanguagesFile {
    private static final String LANGUAGES = "languages";
    private static final String FEATURES = "features";
    private static final String OUR_FEATURES =
            "signed 1- to 3-grams in " + NgramFeatures.BUCKETS + " buckets, version 1";

    private LanguagesFile() {}

    /**
     * What is kept beside the weights.
     *
     * @param languages what the network's classes stand for
     */
    static Map<String, String> texts(List<Locale> languages) {
        return Map.of(LANGUAGES, codes(languages), FEATURES, OUR_FEATURES);
    }

    /**
     * Reads a network's weights.
     *
     * @param file written with {@link #texts}
     * @param network gets the weights
     * @param languages what its classes have to stand for
     * @throws IOException if the file cannot be read, belongs to another network, or to other languages or features
     */
    static void load(Path file, CompiledNetwork network, List<Locale> languages) throws IOException {
        Map<String, String> texts = NetworkFile.load(file, network);
        NetworkFile.require(file, texts, FEATURES, OUR_FEATURES);
        NetworkFile.require(file, texts, LANGUAGES, codes(languages));
    }

    private static String codes(List<Locale> languages) {
        return languages.stream().map(Locale::getLanguage).collect(Collectors.joining(" "));
    }
}
