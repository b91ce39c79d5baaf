package io.espalier.processor.lint;

import io.espalier.processor.read.SourcePoint;

/**
 * What a rule found.
 *
 * @param rule the rule's id
 * @param grade how grave it is, after the options
 * @param point the annotation, value or element at fault
 * @param message the whole text for the user: the rule's id in brackets, the facts, the reason and the remedy
 */
public record Finding(String rule, Grade grade, SourcePoint point, String message) {}
