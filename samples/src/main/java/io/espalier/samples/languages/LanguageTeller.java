package io.espalier.samples.languages;

import io.espalier.Predictor;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Tells the language of names with a network that has learnt it. */
final class LanguageTeller {

    /**
     * A language that a name may be in.
     *
     * @param language its index
     * @param probability 0 to 1
     */
    record Guess(int language, float probability) {}

    private final Predictor predictor;

    /**
     * Tells by a network.
     *
     * @param predictor of a network with {@link NgramFeatures#BUCKETS} inputs
     */
    LanguageTeller(Predictor predictor) {
        this.predictor = predictor;
    }

    /**
     * The likeliest languages of a name.
     *
     * @param name with at least one letter
     * @param count how many languages
     * @return the likeliest first
     */
    List<Guess> guesses(String name, int count) {
        float[] features = new float[NgramFeatures.BUCKETS];
        NgramFeatures.write(NgramFeatures.of(name), features, 0);
        float[] probabilities = predictor.probabilities(features);
        return IntStream.range(0, probabilities.length)
                .mapToObj(language -> new Guess(language, probabilities[language]))
                .sorted(Comparator.comparingDouble(Guess::probability).reversed())
                .limit(count)
                .toList();
    }
}
