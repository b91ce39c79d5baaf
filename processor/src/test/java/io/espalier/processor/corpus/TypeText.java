package io.espalier.processor.corpus;

import java.util.List;
import java.util.Optional;

/**
 * A network or block in the text of a source.
 *
 * @param name its simple name
 * @param annotations what stands on it, in order
 * @param stages its stages
 */
record TypeText(String name, List<AnnotationText> annotations, List<StageText> stages) {
    boolean isNetwork() {
        return has("Network");
    }

    boolean has(String annotation) {
        return find(annotation).isPresent();
    }

    Optional<AnnotationText> find(String annotation) {
        return annotations.stream().filter(a -> a.name().equals(annotation)).findFirst();
    }

    AnnotationText get(String annotation) {
        return find(annotation).orElseThrow(() -> new AssertionError("no @" + annotation + " on " + name));
    }

    /** The last stage, which gives the outputs of a network. */
    StageText output() {
        return stages.getLast();
    }
}
