package io.espalier.samples.languages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void keepsLettersAndMarksInLowerCase() {
        assertThat(Text.normalize("Österreich")).isEqualTo("österreich");
        assertThat(Text.normalize("हिन्दी")).isEqualTo("हिन्दी");
        assertThat(Text.normalize("ΕΛΛΑΔΑ")).isEqualTo("ελλαδα");
    }

    @Test
    void doesNotFollowTheLanguageOfTheMachine() {
        // In Turkish, I is lower-cased to a dotless ı.
        assertThat(Text.normalize("ISLAND")).isEqualTo("island");
    }

    @Test
    void composesWhatIsWrittenInPieces() {
        assertThat(Text.normalize("A\u030aland")).isEqualTo(Text.normalize("\u00c5land"));
    }

    @Test
    void putsOneSpaceBetweenWordsAndNoneAround() {
        assertThat(Text.normalize(" (Bosnia-Hercegovina), 1944–1991 ")).isEqualTo("bosnia hercegovina");
        assertThat(Text.normalize("a\u200cb\u00a0c")).isEqualTo("a b c");
    }

    @Test
    void keepsCharactersBeyondSixteenBits() {
        assertThat(Text.normalize("\ud83a\udd00 1")).isEqualTo("\ud83a\udd22");
    }

    @Test
    void leavesNothingWithoutLetters() {
        assertThat(Text.normalize("123 – (4)")).isEmpty();
    }
}
