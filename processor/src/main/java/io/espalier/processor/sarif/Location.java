package io.espalier.processor.sarif;

import io.espalier.processor.locate.TextSpan;
import java.util.Optional;

/**
 * Where a result stands.
 *
 * @param file the source, if it is known
 * @param span the place in its text, if the text was to be had
 * @param name what the compiler calls the element: package, class or field
 * @param kind its sort, in the words of the format
 * @param part the annotation on it, and the annotation's element, that the result is about; empty for the element itself
 */
record Location(Optional<SourceUri> file, Optional<TextSpan> span, String name, String kind, String part) {
    /**
     * Names a source file.
     *
     * @param uri relative to the root of the repository if {@code relative}, else absolute
     */
    record SourceUri(String uri, boolean relative) {}
}
