package io.espalier.benchmarks.limits;

/** Something of which the machine does as much as it can, in passes. Each thread has one of its own. */
public interface Probe {
    /** Does one pass. */
    void pass();
}
