package io.espalier.processor.plan;

/** The parts of a network's values, in their order: an optimizer's pass over a part treats all of it alike. */
public enum Section {
    /** Weights, the only values that L1, L2 and max norm reach; weight decay, if there is any, always does. */
    WEIGHTS,
    /** Biases and values of norms that weight decay reaches. */
    DECAYED,
    /** Trained without decay. */
    UNDECAYED,
    /** Running statistics, which no optimizer touches. */
    STATISTICS
}
