package io.espalier.samples.verification;

import io.espalier.samples.verification.DigestedTraining.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import jdk.incubator.vector.FloatVector;

/**
 * Digests of what every network computes, in a process of its own, because the width of vectors is fixed when one starts.
 * Whoever rebuilds the compiler sees by them whether the bits of old and new code are the same: on the same machine and at the
 * same width they must be.
 */
final class Digests {
    /** The exit status where the machine has no vectors of the width that is asked for. */
    static final int NO_SUCH_WIDTH = 3;

    /** A row for each thread; slices and a part of one; a leaf of the sums over rows, and one more row; several leaves. */
    private static final int[] BATCHES = {2, 37, 513, 1100};

    private Digests() {}

    /**
     * Computes the digests of all networks.
     *
     * @param arguments the bytes of a vector, and the file that receives the lines
     */
    public static void main(String[] arguments) throws IOException {
        String width = arguments[0];
        if (FloatVector.SPECIES_PREFERRED.vectorByteSize() != Integer.parseInt(width)) {
            System.exit(NO_SUCH_WIDTH);
        }
        SortedMap<String, String> lines = new TreeMap<>();
        for (KnownNetwork network : KnownNetwork.all()) {
            long start = System.nanoTime();
            lines.putAll(of(width, network, BATCHES));
            System.out.printf("%s %s: %d ms%n", width, network.name(), (System.nanoTime() - start) / 1_000_000);
        }
        DigestLines.write(lines, Path.of(arguments[1]));
    }

    /**
     * The digests of a network's trainings.
     *
     * @param width what the lines begin with
     * @param network the network
     * @param batches the sizes of batches
     * @return by width, network, batch and variant: digests, or why there are none
     */
    static SortedMap<String, String> of(String width, KnownNetwork network, int... batches) {
        SortedMap<String, String> lines = new TreeMap<>();
        for (int rows : batches) {
            String key = "%s %s %04d ".formatted(width, network.name(), rows);
            try {
                DigestedTraining training = new DigestedTraining(network, rows);
                for (Variant variant : Variant.values()) {
                    if (variant != Variant.SAMPLED || network.hasMonteCarlo()) {
                        lines.put(key + variant, onOneThreadAndTwo(training, variant));
                    }
                }
            } catch (RuntimeException e) {
                lines.put(key + "ALL", DigestLines.SKIPPED + e);
            }
        }
        return lines;
    }

    private static String onOneThreadAndTwo(DigestedTraining training, Variant variant) {
        try {
            String one = training.run(variant, 1);
            String two = training.run(variant, 2);
            return two.equals(one) ? one : DigestLines.DIVIDED + "on 1: " + one + " on 2: " + two;
        } catch (RuntimeException e) {
            return DigestLines.SKIPPED + e;
        }
    }
}
