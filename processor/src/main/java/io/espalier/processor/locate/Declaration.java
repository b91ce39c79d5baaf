package io.espalier.processor.locate;

import java.util.List;

/**
 * What a source declares: a package or module, a type, a field or a record's component.
 *
 * @param kind what sort of thing
 * @param name its name; of a package or module the first word of it
 * @param annotations the annotations in front of it
 * @param members what a type declares in turn, a record's components first; empty for anything else
 */
record Declaration(Kind kind, Token name, List<Note> annotations, List<Declaration> members) {
    /** The sorts of things. */
    enum Kind {
        /** The package or module that the file belongs to. */
        HEAD,
        /** A class, record, interface, enum or annotation type. */
        TYPE,
        /** A field or a record's component. */
        FIELD
    }

    /**
     * An annotation.
     *
     * @param name its name as it is written, without blanks
     * @param tokens all of its tokens, from the {@code @} on
     * @param arguments the tokens between its parentheses
     */
    record Note(String name, List<Token> tokens, List<Token> arguments) {}

    boolean is(Kind other, String text) {
        return kind == other && name.is(text);
    }
}
