package io.espalier.processor.locate;

/**
 * A piece of a Java source: a word, a literal, or a mark such as a brace.
 *
 * @param kind what sort of piece it is
 * @param text the piece itself; empty for a literal, which is never looked at
 * @param start where it begins in the text
 * @param end where it has ended
 */
record Token(Kind kind, String text, int start, int end) {
    /** The sorts of pieces. */
    enum Kind {
        /** An identifier or keyword. */
        WORD,
        /** A number, character, string or text block. */
        LITERAL,
        /** One character of anything else, save for {@code ==}. */
        MARK
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }

    boolean is(String other) {
        return text.equals(other);
    }

    boolean opens() {
        return kind == Kind.MARK && (is("(") || is("[") || is("{"));
    }

    boolean closes() {
        return kind == Kind.MARK && (is(")") || is("]") || is("}"));
    }
}
