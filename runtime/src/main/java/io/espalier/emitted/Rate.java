package io.espalier.emitted;

import io.espalier.kernel.DropoutMask;

/**
 * The probability with which something is dropped: a number of the step, the same from its first phase to its last. Emitted code
 * reads it in front of its loops. Where it is 0, kernels that draw give what drops nothing, without drawing.
 */
public final class Rate {
    private final double p;
    private final Ramp ramp;
    private double probability;
    private int threshold;
    private float scale;

    Rate(double p, Ramp ramp) {
        DropoutMask.threshold(p); // refuses what is no rate
        this.p = p;
        this.ramp = ramp;
    }

    void evaluate(double progress) {
        probability = p * ramp.factor(progress);
        threshold = DropoutMask.threshold(probability);
        scale = DropoutMask.scale(threshold);
    }

    /**
     * The probability as the model names it, its ramp applied.
     *
     * @return in [0, 1)
     */
    public double probability() {
        return probability;
    }

    /**
     * The probability in 16 bits.
     *
     * @return as of {@link DropoutMask#threshold}
     */
    public int threshold() {
        return threshold;
    }

    /**
     * The factor of what is kept that makes the expectation exact.
     *
     * @return 65536 / (65536 − threshold)
     */
    public float scale() {
        return scale;
    }

    /**
     * The probability that the threshold realizes.
     *
     * @return threshold / 65536
     */
    public double realized() {
        return threshold / 65_536.0;
    }
}
