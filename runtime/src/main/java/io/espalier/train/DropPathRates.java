package io.espalier.train;

import io.espalier.kernel.DropoutMask;

/** The rates of one drop path annotation, handed out to the residual branches it governs in the order of their depth. */
public final class DropPathRates {
    private final double p;
    private final boolean linear;
    private final int branches;
    private int next;

    /**
     * Rates over a number of branches.
     *
     * @param p the rate, of the last branch where it is linear, in [0, 1)
     * @param linear whether the rate of branch i of n is {@code p·i/(n − 1)}, 0 for n = 1; else it is p everywhere
     * @param branches how many branches there are, at least 1
     */
    public DropPathRates(double p, boolean linear, int branches) {
        this.p = p;
        this.linear = linear;
        this.branches = branches;
    }

    /**
     * The next branch's rate.
     *
     * @return the rate as a threshold of 16 bits, see {@link DropoutMask#threshold}
     * @throws IllegalStateException if every branch has its rate already
     */
    public int nextThreshold() {
        if (next == branches) {
            throw new IllegalStateException("There are only " + branches + " residual branches");
        }
        int branch = next++;
        double rate = !linear ? p : branches == 1 ? 0 : p * branch / (branches - 1);
        return DropoutMask.threshold(rate);
    }
}
