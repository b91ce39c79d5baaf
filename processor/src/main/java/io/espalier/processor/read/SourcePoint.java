package io.espalier.processor.read;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * A place in the source that a message can point at.
 *
 * @param element the annotated element
 * @param mirror the annotation on it, or null for the element itself
 * @param value the annotation's value, or null for the annotation as a whole
 */
public record SourcePoint(
        Element element,
        @Nullable AnnotationMirror mirror,
        @Nullable AnnotationValue value) {
    /**
     * The place of an element itself.
     *
     * @param element the element
     * @return the place
     */
    public static SourcePoint of(Element element) {
        return new SourcePoint(element, null, null);
    }
}
