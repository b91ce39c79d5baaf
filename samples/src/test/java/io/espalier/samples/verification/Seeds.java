package io.espalier.samples.verification;

import java.util.Random;

/** Seeds of randomized tests: another one in every run, printed, so that a failure can be had again. */
final class Seeds {
    private Seeds() {}

    static long draw(String test) {
        long seed = new Random().nextLong();
        System.out.println(test + ": seed " + seed);
        return seed;
    }
}
