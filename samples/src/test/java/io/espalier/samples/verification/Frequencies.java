package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;

/** Tests of frequencies whose null hypothesis is refused wrongly once in a million times. */
final class Frequencies {
    /** The quantile of the normal distribution that leaves 5e-7 on either side. */
    private static final double Z = 4.8916;

    private Frequencies() {}

    /** Whether so many of so many independent events are what a probability gives. */
    static void assertRate(String what, long events, long trials, double probability) {
        double deviation = Math.sqrt(trials * probability * (1 - probability));
        assertThat(Math.abs(events - trials * probability))
                .as("%s: %d of %d, expected %s", what, events, trials, trials * probability)
                .isLessThanOrEqualTo(Z * deviation);
    }

    /** Whether two sets of events of one probability are independent: how often both or neither happen. */
    static void assertIndependent(String what, BitSet one, BitSet other, int trials, double probability) {
        BitSet differing = (BitSet) one.clone();
        differing.xor(other);
        double both = probability * probability + (1 - probability) * (1 - probability);
        assertRate(what, trials - differing.cardinality(), trials, both);
    }
}
