package io.espalier.processor.corpus;

import java.util.List;
import java.util.Optional;

/**
 * A stage in the text of a source.
 *
 * @param type what it is declared as: {@code Layer} or a block
 * @param name its name
 * @param annotations what stands on it, in order
 * @param start where it begins
 * @param typeStart where its type begins
 */
record StageText(String type, String name, List<AnnotationText> annotations, int start, int typeStart) {
    /** Whether it holds operations of its own. */
    boolean isLayer() {
        return type.equals("Layer");
    }

    boolean has(String annotation) {
        return find(annotation).isPresent();
    }

    Optional<AnnotationText> find(String annotation) {
        return annotations.stream().filter(a -> a.name().equals(annotation)).findFirst();
    }

    AnnotationText get(String annotation) {
        return find(annotation).orElseThrow(() -> new AssertionError("no @" + annotation + " on '" + name + "'"));
    }
}
