/**
 * From a name to a place in the text: at which line and column of a file an element, an annotation on it, or a value of that
 * annotation stands. Only javac's own tree knows places, and not every build tool lets a processor reach it; the text is there
 * under every compiler.
 */
@org.jspecify.annotations.NullMarked
package io.espalier.processor.locate;
