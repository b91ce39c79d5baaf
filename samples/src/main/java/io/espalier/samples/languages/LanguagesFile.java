package io.espalier.samples.languages;

import io.espalier.CompiledNetwork;
import io.espalier.samples.cli.NetworkFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What the weights mean: the languages in the order of the classes, and the features. A JDK with other locale data may choose
 * other languages, for which the weights would be wrong without looking wrong.
 */
final class LanguagesFile {
    private static final String FEATURES = "features";
    private static final String OUR_FEATURES =
            "signed 1- to 3-grams in " + NgramFeatures.BUCKETS + " buckets, version 1";

    private LanguagesFile() {}

    /**
     * Lets a network remember what it is made for.
     *
     * @param network is going to be kept
     * @param languages what its classes stand for
     */
    static void describe(CompiledNetwork network, List<Locale> languages) {
        network.labelNames(codes(languages));
        network.text(FEATURES, OUR_FEATURES);
    }

    /**
     * Reads a network.
     *
     * @param file written after {@link #describe}
     * @param languages what its classes have to stand for
     * @throws IOException if the file cannot be read, belongs to another network, or to other languages or features
     */
    static RegularizedLanguagesNetwork load(Path file, List<Locale> languages) throws IOException {
        RegularizedLanguagesNetwork network = NetworkFile.load(file, RegularizedLanguagesNetwork::load);
        NetworkFile.require(file, FEATURES, network.texts().getOrDefault(FEATURES, "none"), OUR_FEATURES);
        NetworkFile.require(file, "languages", network.labelNames(), codes(languages));
        return network;
    }

    private static List<String> codes(List<Locale> languages) {
        return languages.stream().map(Locale::getLanguage).toList();
    }
}
