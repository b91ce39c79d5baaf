package io.espalier.samples.languages;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The names, split and ready to be learnt from.
 *
 * @param languages what the classes stand for
 * @param split the names on both sides
 * @param training examples of {@code split.training()}, in its order
 * @param validation examples of {@code split.validation()}, in its order
 */
record LanguageData(List<Locale> languages, HeldOut split, NameDataset training, NameDataset validation) {

    /** Copies the list. */
    LanguageData {
        languages = List.copyOf(languages);
    }

    /**
     * All names that there are.
     *
     * @param names the names and their languages
     */
    static LanguageData of(Names names) {
        return of(names.languages(), names.all());
    }

    /**
     * Splits names and works out their n-grams.
     *
     * @param languages what the names' languages are indices into
     * @param names enough that both sides of the split have some
     */
    static LanguageData of(List<Locale> languages, List<Name> names) {
        HeldOut split = HeldOut.of(names);
        int classes = languages.size();
        return new LanguageData(
                languages,
                split,
                new NameDataset(split.training(), classes),
                new NameDataset(split.validation(), classes));
    }

    /**
     * A language's name in English.
     *
     * @param language its index
     */
    String language(int language) {
        return languages.get(language).getDisplayLanguage(Locale.ENGLISH);
    }

    /** The number of held-out names that are spelt the same in another language, so that the name alone cannot tell. */
    long shared() {
        return spellings().values().stream()
                .filter(count -> count > 1)
                .mapToLong(count -> count)
                .sum();
    }

    /** The largest accuracy there can be on the held-out names: of those spelt the same, one language each. */
    double largestAccuracy() {
        return (double) spellings().size() / split.validation().size();
    }

    private Map<String, Integer> spellings() {
        Map<String, Integer> counts = new HashMap<>();
        split.validation().forEach(name -> counts.merge(Text.normalize(name.text()), 1, Integer::sum));
        return counts;
    }
}
