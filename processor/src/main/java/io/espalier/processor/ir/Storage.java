package io.espalier.processor.ir;

/**
 * An array that holds values, one or several after one another.
 *
 * @param name the emitted field
 * @param layout how the values lie in it
 * @param kind where it comes from
 * @param number which of its kind: the level of a gradient, the number of a shared array
 */
public record Storage(String name, Layout layout, Kind kind, int number) {
    /** Where an array comes from. */
    public enum Kind {
        /** It is what entered the region. */
        INPUT,
        /** It is allocated for the values that it holds. */
        OWN,
        /** Gradients of one depth of residual branches share it. */
        GRADIENT,
        /** Values that are not needed at the same time share it. */
        SHARED,
        /** It is the one that whoever runs the region gave it for its output. */
        OUTPUT,
        /** What a run that is handed back: its output. */
        RUN,
        /** Numbers of the examples at hand, used up within one routine. */
        SCRATCH
    }
}
