package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The proximal step of the L1 penalty, soft thresholding: Parikh and Boyd, "Proximal algorithms" (2014), 6.5.2. Small enough
 * that the compiler always inlines it into the loops of the updates.
 */
final class SoftThreshold {
    private SoftThreshold() {}

    /** sign(w)·max(|w| − threshold, 0): exactly 0 within the threshold, w itself where that is 0; what is not a number stays so. */
    static FloatVector shrink(FloatVector w, float threshold) {
        FloatVector taken = w.blend(threshold, w.compare(VectorOperators.GT, threshold))
                .blend(-threshold, w.compare(VectorOperators.LT, -threshold));
        return w.sub(taken);
    }
}
