package io.espalier.samples.languages;

import java.util.Currency;
import java.util.Locale;

/**
 * A thing that every language has a name for.
 *
 * @param kind what sort of thing it is
 * @param code its ISO code: 3166 for a country, 639 for a language, 4217 for a currency
 */
record Item(Kind kind, String code) {

    /** The sorts of things whose names the JDK knows in many languages. */
    enum Kind {
        COUNTRY,
        LANGUAGE,
        CURRENCY
    }

    /**
     * What the thing is called in a language; the English name, or the bare code, where the JDK knows no other.
     *
     * @param language the language to name it in
     */
    String nameIn(Locale language) {
        return switch (kind) {
            case COUNTRY -> Locale.of("", code).getDisplayCountry(language);
            case LANGUAGE -> Locale.of(code).getDisplayLanguage(language);
            case CURRENCY -> Currency.getInstance(code).getDisplayName(language);
        };
    }

    /**
     * The items whose names share their stem have the same family: a country and its currencies, present and past, whose
     * codes begin with the country's (ISO 4217). Names of one family are held out together.
     */
    String family() {
        return kind == Kind.LANGUAGE ? "language " + code : "country " + code.substring(0, 2);
    }
}
