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
 * @param member name of the annotation's element that has the value, empty for the annotation as a whole
 * @param value the annotation's value, or null for the annotation as a whole
 * @param item index of one value in an array, the value being the array; -1 for the value as a whole
 */
public record SourcePoint(
        Element element,
        @Nullable AnnotationMirror mirror,
        String member,
        @Nullable AnnotationValue value,
        int item) {
    /**
     * The place of an element itself.
     *
     * @param element the element
     * @return the place
     */
    public static SourcePoint of(Element element) {
        return new SourcePoint(element, null, "", null, -1);
    }

    /**
     * The place of an annotation.
     *
     * @param element the annotated element
     * @param mirror the annotation
     * @return the place
     */
    public static SourcePoint of(Element element, AnnotationMirror mirror) {
        return new SourcePoint(element, mirror, "", null, -1);
    }

    /**
     * The place of a value that is written.
     *
     * @param element the annotated element
     * @param mirror the annotation
     * @param member name of the annotation's element that has the value
     * @param value the value
     * @return the place
     */
    public static SourcePoint of(Element element, AnnotationMirror mirror, String member, AnnotationValue value) {
        return new SourcePoint(element, mirror, member, value, -1);
    }

    /**
     * The place of one value in the array that stands here.
     *
     * @param index its index
     * @return the place
     */
    public SourcePoint item(int index) {
        return new SourcePoint(element, mirror, member, value, index);
    }
}
