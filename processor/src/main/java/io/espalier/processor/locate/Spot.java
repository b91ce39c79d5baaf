package io.espalier.processor.locate;

import java.util.List;

/**
 * What to look for in a source.
 *
 * @param types simple names of the types to go through, the outermost first; none for the package or module
 * @param field the field or record component of the innermost type, empty for the type itself
 * @param annotation qualified name of an annotation on it, empty for the thing itself
 * @param member the annotation's element whose value is meant, empty for the annotation as a whole
 * @param item index of one value in an array, -1 for the value as a whole
 */
public record Spot(List<String> types, String field, String annotation, String member, int item) {
    /** Copies the names. */
    public Spot {
        types = List.copyOf(types);
    }
}
