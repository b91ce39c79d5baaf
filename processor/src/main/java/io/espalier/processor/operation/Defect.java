package io.espalier.processor.operation;

import io.espalier.processor.read.SourcePoint;

/**
 * Something that keeps the graph from being built whole: data for the lint, which reports it.
 *
 * @param kind what sort of mistake it is
 * @param point where it stands
 * @param text what is wrong, with the user's own names and numbers, and what to write instead
 */
public record Defect(Kind kind, SourcePoint point, String text) {
    /** The sorts. */
    public enum Kind {
        /** Shapes that do not fit each other. */
        SHAPE,
        /** A value outside its range. */
        VALUE,
        /** A structure that is none of the language's. */
        STRUCTURE,
        /** Drop path where there is no shortcut. */
        DROP_PATH,
        /** Drop connect where there is no weight matrix. */
        DROP_CONNECT
    }
}
