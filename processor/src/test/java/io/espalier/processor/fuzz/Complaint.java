package io.espalier.processor.fuzz;

/**
 * A promise that was not kept.
 *
 * @param promise which one
 * @param about what tells this failure from others: while a case is cut down, it must stay
 * @param text the whole of it
 */
record Complaint(Promise promise, String about, String text) {
    /** What the processor promises of any model. */
    enum Promise {
        /** No exception leaves the processor, and none ends a compiler. */
        NO_CRASH,
        /** What is generated compiles without a word. */
        OUTPUT_COMPILES,
        /** Of a source that compiles without the processor, only findings are said. */
        FINDINGS_ALONE,
        /** A sound model is not refused. */
        SOUND_IS_TAKEN,
        /** A mistake is found where it stands. */
        MISTAKES_ARE_FOUND,
        /** Each network gets its class. */
        CLASS_IS_THERE,
        /** What compiles works. */
        WORKS,
        /** Both compilers show the same. */
        SAME_FINDINGS,
        /** The same source gives the same code. */
        SAME_OUTPUT
    }

    boolean isLike(Complaint other) {
        return promise == other.promise && about.equals(other.about);
    }
}
