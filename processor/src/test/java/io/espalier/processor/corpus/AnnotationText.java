package io.espalier.processor.corpus;

/**
 * An annotation in the text of a source.
 *
 * @param name its type, such as {@code Dropout}
 * @param text all of it, such as {@code @Dropout(p = 0.2)}
 * @param start where it begins
 * @param end where it has ended
 */
record AnnotationText(String name, String text, int start, int end) {}
