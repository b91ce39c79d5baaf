package io.espalier.processor.lint;

import io.espalier.processor.read.SourcePoint;

/**
 * What a rule found.
 *
 * @param rule the rule's id
 * @param grade how grave it is, after the options
 * @param point the annotation, value or element at fault
 * @param text facts, reason and remedy
 * @param shownAt where to show it if the point stands in a class file
 */
public record Finding(String rule, Grade grade, SourcePoint point, String text, SourcePoint shownAt) {
    /** The whole text for the user, with the rule's id in brackets. */
    public String message() {
        return "[" + rule + "] " + text;
    }
}
