package io.espalier.processor.read;

/**
 * One value of an annotation.
 *
 * @param value an {@code Integer}, {@code Double}, {@code Boolean}, a {@code String} (the name of an enum constant) or a
 *     {@code List<Integer>}; the element's default where the source gives no usable value
 * @param explicit whether the source writes the value
 * @param usable false where the source writes something that does not resolve or is of the wrong kind; the compiler
 *     itself reports that
 * @param point the value where it is written, the annotation where it is not
 */
public record ValueDeclaration(Object value, boolean explicit, boolean usable, SourcePoint point) {}
