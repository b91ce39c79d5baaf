package io.espalier.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums over the lanes of one vector in a fixed order: lanes half a vector apart are added, then a quarter, down to
 * neighbours. The API's own reduction leaves its order open, and interpreter and compiler may choose differently.
 *
 * <p>Rotations by constant shuffles take 1.5 ns for 16 lanes, reading the lanes one by one takes 8.6. The compiler inlines both
 * methods into the loops that use them, unless what it has inlined before them is past 18,000 nodes (HotSpot's
 * NodeCountInliningCutoff): the vector would then be an object. That depends on the order in which methods are compiled.
 * Where several sums can come together in one compilation the steps are therefore written out: the API's own methods are
 * inlined at any size.
 */
final class Lanes {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();
    static final VectorShuffle<Float> BY_HALF = rotation(FLOATS, LANES / 2);
    static final VectorShuffle<Float> BY_QUARTER = rotation(FLOATS, LANES / 4);
    static final VectorShuffle<Float> BY_TWO = rotation(FLOATS, 2);
    static final VectorShuffle<Float> BY_ONE = rotation(FLOATS, 1);

    private static final VectorSpecies<Double> DOUBLES = FLOATS.withLanes(double.class);
    private static final VectorShuffle<Double> DOUBLES_BY_HALF = rotation(DOUBLES, DOUBLES.length() / 2);
    private static final VectorShuffle<Double> DOUBLES_BY_TWO = rotation(DOUBLES, 2);
    private static final VectorShuffle<Double> DOUBLES_BY_ONE = rotation(DOUBLES, 1);

    private Lanes() {}

    /** The sum of all lanes. */
    static float sum(FloatVector v) {
        FloatVector sums = v.add(v.rearrange(BY_HALF));
        if (LANES > 4) {
            sums = sums.add(sums.rearrange(BY_QUARTER));
        }
        if (LANES > 8) {
            sums = sums.add(sums.rearrange(BY_TWO));
        }
        return sums.add(sums.rearrange(BY_ONE)).lane(0);
    }

    /** The sum of all lanes. Two lanes are read one by one: shuffles of two have no instruction. */
    static double sum(DoubleVector v) {
        if (DOUBLES.length() == 2) {
            return v.lane(0) + v.lane(1);
        }
        DoubleVector sums = v.add(v.rearrange(DOUBLES_BY_HALF));
        if (DOUBLES.length() > 4) {
            sums = sums.add(sums.rearrange(DOUBLES_BY_TWO));
        }
        return sums.add(sums.rearrange(DOUBLES_BY_ONE)).lane(0);
    }

    private static <E> VectorShuffle<E> rotation(VectorSpecies<E> species, int distance) {
        return VectorShuffle.fromOp(species, lane -> (lane + distance) % species.length());
    }
}
