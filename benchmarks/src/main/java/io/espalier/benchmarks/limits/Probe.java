package io.espalier.benchmarks.limits;

/** Something of which the machine does as much as it can, in passes. Each thread has one of its own. */
public interface Probe {
    /**
     * Does one pass.
     *
     * @return a value of the outcome, so that no compiler may leave it out
     */
    float pass();
}
