package io.espalier.processor.lint;

import io.espalier.processor.read.ElementName;
import io.espalier.processor.read.SourcePoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * A word of a {@code @SuppressWarnings} that speaks to the lint: {@code "espalier"}, which silences every rule, or
 * {@code "espalier:RuleId"}, which silences one.
 *
 * @param text the word
 * @param id which of the compilation's words it is, the same in every round
 * @param point where it stands
 */
record SuppressionKey(String text, Id id, SourcePoint point) {
    /** The word that silences every rule. */
    static final String ALL = "espalier";

    private static final String PREFIX = ALL + ":";

    /**
     * A word of the compilation.
     *
     * @param holder the element that it stands on
     * @param index its place among the element's words for the lint, from 0
     */
    record Id(ElementName holder, int index) {}

    /** The word that silences a rule by its name. */
    static String of(String rule) {
        return PREFIX + rule;
    }

    /** The rule that the word names, empty if it speaks of all. */
    String rule() {
        return text.equals(ALL) ? "" : text.substring(PREFIX.length());
    }

    /** The words on an element, as they are written. */
    static List<SuppressionKey> on(Element element) {
        List<SuppressionKey> keys = new ArrayList<>();
        for (AnnotationMirror mirror : annotations(element)) {
            if (mirror.getAnnotationType().toString().equals("java.lang.SuppressWarnings")) {
                try {
                    mirror.getElementValues()
                            .forEach((member, value) -> add(
                                    SourcePoint.of(
                                            element,
                                            mirror,
                                            member.getSimpleName().toString(),
                                            value),
                                    value,
                                    keys));
                } catch (RuntimeException e) {
                    // Eclipse's compiler fails on some values that do not compile, and reports them.
                }
            }
        }
        return keys;
    }

    /**
     * An element's annotations. Those of a record's component land on the field that it becomes too, and there Eclipse's
     * compiler (3.46) loses some.
     */
    private static List<? extends AnnotationMirror> annotations(Element element) {
        Element owner = element.getEnclosingElement();
        if (element.getKind() != ElementKind.FIELD || !(owner instanceof TypeElement type)) {
            return element.getAnnotationMirrors();
        }
        return Stream.concat(
                        Stream.of(element),
                        ElementFilter.recordComponentsIn(type.getEnclosedElements()).stream()
                                .filter(component -> component.getSimpleName().equals(element.getSimpleName())))
                .map(Element::getAnnotationMirrors)
                .max(Comparator.comparingInt(List::size))
                .orElseThrow();
    }

    /** Constants arrive resolved, several as a list, and one without braces, depending on the compiler, as itself. */
    private static void add(SourcePoint point, AnnotationValue value, List<SuppressionKey> keys) {
        Object raw = value.getValue();
        if (raw instanceof List<?> several) {
            for (int i = 0; i < several.size(); i++) {
                if (several.get(i) instanceof AnnotationValue single) {
                    add(point.item(i), single, keys);
                }
            }
        } else if (raw instanceof String text && (text.equals(ALL) || text.startsWith(PREFIX))) {
            Id id = new Id(ElementName.of(point.element()), keys.size());
            keys.add(new SuppressionKey(text, id, point));
        }
    }
}
