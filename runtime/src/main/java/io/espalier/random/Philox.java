package io.espalier.random;

/**
 * Philox4x32-10: a block cipher, weakened for speed, of a 128-bit counter under a 64-bit key, as the scalar reference.
 *
 * <p>Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011). It passes the known-answer
 * vectors of the authors' library, Random123.
 */
public final class Philox {

    /** Rounds of the full generator. */
    public static final int ROUNDS = 10;

    /** Multiplier of counter word 0, unsigned. */
    public static final long MULTIPLIER_0 = 0xD2511F53L;

    /** Multiplier of counter word 2, unsigned. */
    public static final long MULTIPLIER_1 = 0xCD9E8D57L;

    /** What a round adds to the first key word: the golden ratio, 32 bits of it. */
    public static final int WEYL_0 = 0x9E3779B9;

    /** What a round adds to the second key word: √3 − 1, 32 bits of it. */
    public static final int WEYL_1 = 0xBB67AE85;

    private static final long LOW_WORD = 0xFFFFFFFFL;

    private Philox() {}

    /**
     * Draws one block of four words.
     *
     * @param c0 counter word 0, by convention the running index
     * @param c1 counter word 1, by convention the step, epoch or sample
     * @param c2 counter word 2, by convention the stream
     * @param c3 counter word 3, by convention one of {@link Purpose}
     * @param k0 key word 0: the low half of the seed
     * @param k1 key word 1: the high half of the seed
     * @param out receives the block in its first four elements
     */
    public static void block(int c0, int c1, int c2, int c3, int k0, int k1, int[] out) {
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (c0 & LOW_WORD);
            long product1 = MULTIPLIER_1 * (c2 & LOW_WORD);
            c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        out[0] = c0;
        out[1] = c1;
        out[2] = c2;
        out[3] = c3;
    }

    /**
     * Draws the first word of a block, for those who need no more of it.
     *
     * @param c0 counter word 0
     * @param c1 counter word 1
     * @param c2 counter word 2
     * @param c3 counter word 3
     * @param k0 key word 0
     * @param k1 key word 1
     * @return what {@link #block} stores in element 0
     */
    public static int firstWord(int c0, int c1, int c2, int c3, int k0, int k1) {
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (c0 & LOW_WORD);
            long product1 = MULTIPLIER_1 * (c2 & LOW_WORD);
            c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return c0;
    }
}
