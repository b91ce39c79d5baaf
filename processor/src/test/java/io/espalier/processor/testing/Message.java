package io.espalier.processor.testing;

import javax.tools.Diagnostic.Kind;

/**
 * One message of a compiler or of a processor in it.
 *
 * @param kind its grade
 * @param file the source's path as it was given to {@link Compilations#source}, empty for a message without a place
 * @param line its line, from 1; 0 without a place
 * @param column its column, from 1; 0 without a place
 * @param text the text, without the place
 */
public record Message(Kind kind, String file, long line, long column, String text) {
    /** Whether the text holds the rule id in brackets, as a finding's does. */
    public boolean isFinding(String rule) {
        return text.contains("[" + rule + "]");
    }

    /** The place as {@code file:line:column}. */
    public String place() {
        return file + ":" + line + ":" + column;
    }

    @Override
    public String toString() {
        return kind + " " + place() + " " + text;
    }
}
