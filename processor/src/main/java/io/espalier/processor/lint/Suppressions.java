package io.espalier.processor.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * What {@code @SuppressWarnings} says on an element and on all that enclose it: {@code "espalier"} silences every rule,
 * {@code "espalier:RuleId"} one. Compilers do not apply the annotation to the messages of processors.
 */
final class Suppressions {
    private static final String ALL = "espalier";

    private final Map<Element, Set<String>> keys = new HashMap<>();

    /** Whether findings of a rule are silenced at an element, by the rule's name or altogether. */
    boolean silence(String rule, Element element) {
        return applies(ALL, element) || silenceByName(rule, element);
    }

    /** Whether findings of a rule are silenced at an element by the rule's name. */
    boolean silenceByName(String rule, Element element) {
        return applies(ALL + ":" + rule, element);
    }

    private boolean applies(String key, Element element) {
        for (Element at = element; at != null; at = at.getEnclosingElement()) {
            if (keys.computeIfAbsent(at, Suppressions::read).contains(key)) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> read(Element element) {
        Set<String> found = new TreeSet<>();
        for (Element holder : holders(element)) {
            for (AnnotationMirror mirror : holder.getAnnotationMirrors()) {
                if (mirror.getAnnotationType().toString().equals("java.lang.SuppressWarnings")) {
                    read(mirror, found);
                }
            }
        }
        return found;
    }

    /** On a record's component the annotation lands on what the component gives rise to, of which the field is one. */
    private static List<Element> holders(Element element) {
        List<Element> holders = new ArrayList<>(List.of(element));
        if (element.getKind() == ElementKind.RECORD_COMPONENT
                && element.getEnclosingElement() instanceof TypeElement owner) {
            for (Element member : owner.getEnclosedElements()) {
                if (member.getKind() == ElementKind.FIELD
                        && member.getSimpleName().equals(element.getSimpleName())) {
                    holders.add(member);
                }
            }
        }
        return holders;
    }

    private static void read(AnnotationMirror mirror, Set<String> found) {
        try {
            mirror.getElementValues().values().forEach(value -> add(value, found));
        } catch (RuntimeException e) {
            // Eclipse's compiler fails on some values that do not compile, and reports them.
        }
    }

    /** Constants arrive resolved, several as a list, and one without braces, depending on the compiler, as itself. */
    private static void add(@Nullable Object value, Set<String> found) {
        if (value instanceof AnnotationValue wrapped) {
            add(wrapped.getValue(), found);
        } else if (value instanceof List<?> several) {
            several.forEach(one -> add(one, found));
        } else if (value instanceof String key) {
            found.add(key);
        }
    }
}
