package io.espalier.processor.corpus;

import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    /** The annotations that put noise on values. */
    static final Set<String> NOISE = Set.of("Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise");

    /** Whether noise is the last that it does. */
    boolean endsInNoise() {
        return !annotations.isEmpty() && NOISE.contains(annotations.getLast().name());
    }

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
