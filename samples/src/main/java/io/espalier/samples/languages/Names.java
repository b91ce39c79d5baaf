package io.espalier.samples.languages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of countries, languages and currencies in the languages that the JDK's locale data (Unicode CLDR) knows best.
 *
 * <p>A language is one of ISO 639-1, in the script that the JDK takes for it by default: the other scripts and the regions of a
 * language would be further names of the same things, most of them equal. Names equal to English are left out, because that
 * is what the JDK answers where it has no name; so are further names of the same spelling in a language, and languages most of
 * whose names are another's (Bokmål and Norwegian, Haitian Creole, which CLDR fills with French).
 */
final class Names {
    /**
     * How many languages are told apart; a compile-time constant, because it is the width of the networks' output. Those with
     * scripts of their own have the most names, for none is equal to English: the first sixty are without French, Spanish and
     * German, and it takes eighty-two to have Italian.
     */
    static final int LANGUAGES = 84;

    /** A language with a larger share of names in common with one that has more of them is left out as its double. */
    private static final double MOST_IN_COMMON = 0.6;

    private final List<Locale> languages;
    private final List<Name> names;

    private Names(List<Locale> languages, List<Name> names) {
        this.languages = List.copyOf(languages);
        this.names = List.copyOf(names);
    }

    /**
     * Reads the names from this JDK, for the {@value #LANGUAGES} languages that have the most.
     *
     * @throws IllegalStateException if the JDK has fewer languages, as one does that was linked without its locale data
     */
    static Names ofThisJdk() {
        Map<Item, Set<String>> items = new LinkedHashMap<>();
        items().forEach(item -> items.put(item, foreignSpellings(item)));
        List<Vocabulary> vocabularies = candidates().parallelStream()
                .map(language -> Vocabulary.of(language, items))
                .sorted(Comparator.comparingInt(Vocabulary::size).reversed().thenComparing(v -> v.language()
                        .getLanguage()))
                .toList();
        List<Vocabulary> chosen = new ArrayList<>();
        for (Vocabulary candidate : vocabularies) {
            if (chosen.size() < LANGUAGES
                    && candidate.size() > 0
                    && chosen.stream().allMatch(c -> candidate.shareIn(c) <= MOST_IN_COMMON)) {
                chosen.add(candidate);
            }
        }
        if (chosen.size() < LANGUAGES) {
            throw new IllegalStateException("This JDK names things in " + chosen.size() + " languages, and " + LANGUAGES
                    + " are needed; use a JDK that has the module jdk.localedata");
        }
        chosen.sort(Comparator.comparing(v -> v.language().getLanguage()));
        List<Name> names = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            int language = i;
            chosen.get(i).texts().values().forEach(named -> names.add(new Name(named.text(), named.item(), language)));
        }
        return new Names(chosen.stream().map(Vocabulary::language).toList(), names);
    }

    /** The languages, sorted by their codes; a name's language is an index into them. */
    List<Locale> languages() {
        return languages;
    }

    /** All names, by language and within one by item. */
    List<Name> all() {
        return names;
    }

    private static Set<String> codesOfLanguages(int letters) {
        Set<String> codes = new TreeSet<>();
        int count = (int) Math.pow(26, letters);
        for (int i = 0; i < count; i++) {
            char[] code = new char[letters];
            for (int j = letters - 1, rest = i; j >= 0; j--, rest /= 26) {
                code[j] = (char) ('a' + rest % 26);
            }
            codes.add(new String(code));
        }
        return codes;
    }

    /** All that can be named, each thing once: a language may have both a code of two letters and one of three. */
    private static List<Item> items() {
        List<Item> items = new ArrayList<>();
        for (String code : new TreeSet<>(List.of(Locale.getISOCountries()))) {
            items.add(new Item(Item.Kind.COUNTRY, code));
        }
        // The JDK lists the languages of two letters only, but knows the names of five hundred with three.
        Set<String> seen = new HashSet<>();
        for (int letters = 2; letters <= 3; letters++) {
            for (String code : codesOfLanguages(letters)) {
                String name = Locale.of(code).getDisplayLanguage(Locale.ENGLISH);
                if (!name.equals(code) && seen.add(name)) {
                    items.add(new Item(Item.Kind.LANGUAGE, code));
                }
            }
        }
        Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .sorted()
                .forEach(code -> items.add(new Item(Item.Kind.CURRENCY, code)));
        return items;
    }

    /** What the JDK answers for an item where a language has no name for it. */
    private static Set<String> foreignSpellings(Item item) {
        Set<String> spellings = new HashSet<>();
        spellings.add(Text.normalize(item.nameIn(Locale.ENGLISH)));
        spellings.add(Text.normalize(item.nameIn(Locale.ROOT)));
        spellings.add(Text.normalize(item.code()));
        return spellings;
    }

    private static List<Locale> candidates() {
        Set<String> codes = new TreeSet<>();
        for (Locale locale : Locale.getAvailableLocales()) {
            if (locale.getLanguage().length() == 2) {
                codes.add(locale.getLanguage());
            }
        }
        codes.remove(Locale.ENGLISH.getLanguage());
        return codes.stream().map(Locale::of).toList();
    }

    private record Named(String text, Item item) {}

    /** One language's names by their normalized spelling, in the order of the items. */
    private record Vocabulary(Locale language, Map<String, Named> texts) {

        static Vocabulary of(Locale language, Map<Item, Set<String>> items) {
            Map<String, Named> texts = new LinkedHashMap<>();
            items.forEach((item, foreign) -> {
                String text = item.nameIn(language);
                String spelling = Text.normalize(text);
                if (!spelling.isEmpty() && !foreign.contains(spelling)) {
                    texts.putIfAbsent(spelling, new Named(text, item));
                }
            });
            return new Vocabulary(language, texts);
        }

        int size() {
            return texts.size();
        }

        double shareIn(Vocabulary other) {
            long common =
                    texts.keySet().stream().filter(other.texts::containsKey).count();
            return (double) common / size();
        }
    }
}
