package io.espalier.processor.read;

/**
 * Something in the structure of a class that cannot be a model.
 *
 * @param point where it stands
 * @param text what is wrong and what to write instead
 */
public record Fault(SourcePoint point, String text) {}
