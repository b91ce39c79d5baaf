package io.espalier.processor.read;

import java.util.List;
import java.util.Optional;

/**
 * One stage of a model: an instance field or a record component.
 *
 * @param name the field's name
 * @param point the field
 * @param block qualified name of the block that the field's type is, empty for a {@code Layer}
 * @param annotations the language's annotations on the field, in the order in which they are written
 * @param known whether the field's type is a {@code Layer} or a block; where it is neither, or does not resolve, nothing
 *     can be said of what the stage computes
 */
public record StageDeclaration(
        String name,
        SourcePoint point,
        Optional<String> block,
        List<AnnotationDeclaration> annotations,
        boolean known) {
    /** Copies the list. */
    public StageDeclaration {
        annotations = List.copyOf(annotations);
    }

    /**
     * One of the language's annotations on the stage.
     *
     * @param annotation simple name of its type
     * @return the annotation, if the stage has it
     */
    public Optional<AnnotationDeclaration> annotation(String annotation) {
        return annotations.stream().filter(a -> a.name().equals(annotation)).findFirst();
    }
}
