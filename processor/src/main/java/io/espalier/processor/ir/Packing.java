package io.espalier.processor.ir;

/** How the values of a parameter lie in memory. */
public enum Packing {
    /**
     * A weight matrix {@code [..., out, in]} in panels of outputs, what the outputs of a panel take from one input side by side.
     * Leading dimensions count matrices, one after the other.
     */
    PANELS,
    /** Contiguous, the last dimension the fastest. */
    ROWS
}
