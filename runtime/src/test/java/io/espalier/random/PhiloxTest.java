package io.espalier.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhiloxTest {

    /** The vectors philox4x32 10 of Random123's kat_vectors: counter, key, block. */
    private static final int[][][] KNOWN_ANSWERS = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{-1, -1, -1, -1}, {-1, -1}, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {
            {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
            {0xa4093822, 0x299f31d0},
            {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}
        },
    };

    @Test
    void passesTheKnownAnswers() {
        for (int[][] answer : KNOWN_ANSWERS) {
            int[] c = answer[0];
            int[] k = answer[1];
            int[] block = new int[4];
            Philox.block(c[0], c[1], c[2], c[3], k[0], k[1], block);
            assertThat(block).isEqualTo(answer[2]);
            assertThat(Philox.firstWord(c[0], c[1], c[2], c[3], k[0], k[1])).isEqualTo(answer[2][0]);
        }
    }
}
