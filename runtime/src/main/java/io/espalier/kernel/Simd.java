package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The one shape of vector that this process computes with. */
public final class Simd {

    /**
     * The widest float vectors of this machine, within 128 to 512 bits: the virtual machine reports 64 bits where it has
     * no vector compiler, and kernels are shaped for at most 16 lanes.
     */
    public static final VectorSpecies<Float> FLOATS = species();

    /** Floats in a vector: 4, 8 or 16. */
    public static final int LANES = FLOATS.length();

    private Simd() {}

    /** A range of a network's values: all of them, weights as vectors, are padded to multiples of 16. */
    static void requireWhole(int from, int to) {
        if ((to - from) % 16 != 0) {
            throw new IllegalArgumentException(
                    "Values " + from + " to " + to + " are " + (to - from) + " values, not a multiple of 16");
        }
    }

    private static VectorSpecies<Float> species() {
        VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
        if (preferred.length() < FloatVector.SPECIES_128.length()) {
            return FloatVector.SPECIES_128;
        }
        return preferred.length() > FloatVector.SPECIES_512.length() ? FloatVector.SPECIES_512 : preferred;
    }
}
