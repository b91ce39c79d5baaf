package io.espalier.processor.plan;

/** The parts of a network's values, in their order: an optimizer's pass over a part treats all of it alike. */
public enum Section {
    /** Trained, and reached by weight decay. */
    DECAYED,
    /** Trained without decay. */
    UNDECAYED,
    /** Running statistics, which no optimizer touches. */
    STATISTICS
}
