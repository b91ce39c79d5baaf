package io.espalier.samples.languages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HeldOutTest {
    private static final HeldOut SPLIT = HeldOut.of(TestNames.ALL.all());

    private static Set<String> families(List<Name> names) {
        return names.stream().map(name -> name.item().family()).collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<String> spellings(List<Name> names) {
        return names.stream().map(name -> Text.normalize(name.text())).collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    void noThingIsNamedOnBothSides() {
        Set<String> both = families(SPLIT.training());
        both.retainAll(families(SPLIT.validation()));
        assertThat(both).isEmpty();
    }

    @Test
    void noSpellingIsOnBothSides() {
        Set<String> both = spellings(SPLIT.training());
        both.retainAll(spellings(SPLIT.validation()));
        assertThat(both).isEmpty();
    }

    @Test
    void holdsOutAFifth() {
        assertThat(SPLIT.familiesHeldOut()).isEqualTo(Math.round(0.2f * SPLIT.families()));
        assertThat(SPLIT.validation().size()).isBetween(SPLIT.names() * 15 / 100, SPLIT.names() * 25 / 100);
    }

    @Test
    void holdsOutNamesInEveryLanguage() {
        assertThat(SPLIT.validation().stream().map(Name::language).distinct()).hasSize(Names.LANGUAGES);
    }

    @Test
    void losesNoName() {
        Set<Name> all = new HashSet<>(SPLIT.training());
        all.addAll(SPLIT.validation());
        assertThat(all).hasSize(SPLIT.names() - SPLIT.alsoInTraining());
        assertThat(TestNames.ALL.all()).hasSize(SPLIT.names());
        all.removeAll(new HashSet<>(TestNames.ALL.all()));
        assertThat(all).isEmpty();
        assertThat(SPLIT.alsoInTraining()).isLessThan(SPLIT.names() / 1000);
    }

    @Test
    void isTheSameEveryTime() {
        assertThat(HeldOut.of(TestNames.ALL.all())).isEqualTo(SPLIT);
    }

    @Test
    void leavesOutWhatIsCalledLikeSomethingToTrainOn() {
        List<Name> names = new ArrayList<>();
        for (String code : List.of("AD", "AE", "AF", "AG", "AI")) {
            Item country = new Item(Item.Kind.COUNTRY, code);
            names.add(new Name("Own " + (char) ('a' + names.size()), country, 0));
            // Spelt the same, for what counts, in another language.
            names.add(new Name(names.size() % 4 == 1 ? "SHARED (1)" : "shared", country, 1));
        }
        HeldOut split = HeldOut.of(names);
        assertThat(split.validation()).extracting(Name::text).hasSize(1).allMatch(text -> text.startsWith("Own"));
        assertThat(split.training()).hasSize(8);
        assertThat(split.alsoInTraining()).isEqualTo(1);
    }

    @Test
    void drawsNamesOfDifferentLanguages() {
        List<Name> drawn = SPLIT.drawn(20, 3);
        assertThat(drawn).hasSize(20).isSubsetOf(SPLIT.validation());
        assertThat(drawn.stream().map(Name::language)).doesNotHaveDuplicates();
        assertThat(SPLIT.drawn(20, 3)).isEqualTo(drawn);
        assertThat(SPLIT.drawn(20, 4)).isNotEqualTo(drawn);
        assertThat(SPLIT.drawn(1000, 3)).hasSize(Names.LANGUAGES);
    }
}
