package io.espalier.emitted;

/** How strong something is that is no probability, such as a standard deviation: a number of the step. */
public final class Strength {
    private final double full;
    private final Ramp ramp;
    private double value;

    Strength(double full, Ramp ramp) {
        this.full = full;
        this.ramp = ramp;
    }

    void evaluate(double progress) {
        value = full * ramp.factor(progress);
    }

    /**
     * The strength, its ramp applied.
     *
     * @return a finite number
     */
    public double value() {
        return value;
    }
}
