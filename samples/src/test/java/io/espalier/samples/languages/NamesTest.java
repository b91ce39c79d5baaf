package io.espalier.samples.languages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static List<String> codes() {
        return TestNames.ALL.languages().stream().map(Locale::getLanguage).toList();
    }

    private static List<Name> in(String code) {
        int language = codes().indexOf(code);
        return TestNames.ALL.all().stream()
                .filter(name -> name.language() == language)
                .toList();
    }

    private static Set<String> texts(String code, Item.Kind kind) {
        return in(code).stream()
                .filter(name -> name.item().kind() == kind)
                .map(Name::text)
                .collect(Collectors.toSet());
    }

    @Test
    void hasTheLanguagesInTheOrderOfTheirCodesEachOnce() {
        assertThat(codes()).hasSize(Names.LANGUAGES).isSorted().doesNotHaveDuplicates();
        assertThat(codes())
                .contains("de", "es", "fr", "it", "ja", "pl", "pt", "ru", "zh")
                .doesNotContain("en");
    }

    @Test
    void hasManyNamesInEveryLanguage() {
        assertThat(TestNames.ALL.all()).hasSizeBetween(65_000, 80_000);
        for (String code : codes()) {
            assertThat(in(code)).as(code).hasSizeGreaterThan(500);
        }
    }

    @Test
    void hasAllKindsOfNames() {
        assertThat(texts("de", Item.Kind.COUNTRY)).contains("Deutschland", "Österreich");
        assertThat(texts("fr", Item.Kind.LANGUAGE)).contains("allemand", "grec");
        assertThat(texts("es", Item.Kind.CURRENCY)).contains("franco suizo", "corona sueca");
    }

    @Test
    void leavesOutWhatIsEqualToEnglish() {
        assertThat(texts("de", Item.Kind.COUNTRY)).doesNotContain("Angola", "Portugal");
        for (Name name : TestNames.ALL.all()) {
            assertThat(Text.normalize(name.text()))
                    .as("%s", name)
                    .isNotEmpty()
                    .isNotEqualTo(Text.normalize(name.item().nameIn(Locale.ENGLISH)));
        }
    }

    @Test
    void hasASpellingOncePerLanguage() {
        Set<String> seen = new HashSet<>();
        for (Name name : TestNames.ALL.all()) {
            assertThat(seen.add(name.language() + " " + Text.normalize(name.text())))
                    .as("%s", name)
                    .isTrue();
        }
    }

    @Test
    void leavesOutDoubles() {
        assertThat(codes()).contains("nb").doesNotContain("no", "nn", "ht");
    }

    @Test
    void isTheSameEveryTime() {
        Names again = Names.ofThisJdk();
        assertThat(again.languages()).isEqualTo(TestNames.ALL.languages());
        assertThat(again.all()).isEqualTo(TestNames.ALL.all());
    }

    @Test
    void aCurrencyIsOfItsCountrysFamily() {
        String france = new Item(Item.Kind.COUNTRY, "FR").family();
        assertThat(new Item(Item.Kind.CURRENCY, "FRF").family()).isEqualTo(france);
        assertThat(new Item(Item.Kind.LANGUAGE, "fr").family()).isNotEqualTo(france);
    }
}
