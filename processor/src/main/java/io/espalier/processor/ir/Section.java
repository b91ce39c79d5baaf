package io.espalier.processor.ir;

/** The parts of a network's parameters, in their order: an optimizer's pass over a part treats all of it alike. */
public enum Section {
    /** Weights, the only parameters that L1, L2 and max norm reach; weight decay, if there is any, always does. */
    WEIGHTS,
    /** Biases and parameters of norms that weight decay reaches. */
    DECAYED,
    /** Trained without decay. */
    UNDECAYED,
    /** Running statistics, which no optimizer touches. */
    STATISTICS
}
