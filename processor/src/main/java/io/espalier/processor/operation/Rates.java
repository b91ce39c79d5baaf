package io.espalier.processor.operation;

/** Probabilities of dropping, of which the sixteen bits of a draw tell multiples of 1/65536 apart. */
public final class Rates {
    private static final double HALF_A_DRAW = 0.5 / 65536;

    private Rates() {}

    /**
     * Whether a number is a rate of dropping that leaves something.
     *
     * @param p the number
     * @return whether it lies in [0, 1), and is not so near 1 that it comes to 1
     */
    public static boolean isRate(double p) {
        return p >= 0 && p < 1 - HALF_A_DRAW;
    }

    /**
     * Whether a number is a rate at which anything is dropped.
     *
     * @param p the number
     * @return whether it is a rate that does not come to 0
     */
    public static boolean drops(double p) {
        return p >= HALF_A_DRAW && isRate(p);
    }
}
