package io.espalier.processor.lint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;

/**
 * What {@code @SuppressWarnings} says on elements and on all that enclose them. Compilers do not apply the annotation to the
 * messages of processors.
 */
final class Suppressions {
    private final Map<Element, List<SuppressionKey>> keys = new HashMap<>();

    /**
     * The word that silences a rule at an element: of several the nearest, and of those on one element one that names the
     * rule rather than all.
     */
    Optional<SuppressionKey> silencing(String rule, Element element) {
        return nearest(element, List.of(SuppressionKey.of(rule), SuppressionKey.ALL));
    }

    /** The nearest word that silences a rule at an element by the rule's name. */
    Optional<SuppressionKey> silencingByName(String rule, Element element) {
        return nearest(element, List.of(SuppressionKey.of(rule)));
    }

    private Optional<SuppressionKey> nearest(Element element, List<String> texts) {
        return Stream.<Element>iterate(element, at -> at != null, Element::getEnclosingElement)
                .flatMap(at -> texts.stream()
                        .flatMap(text -> on(at).filter(key -> key.text().equals(text))))
                .findFirst();
    }

    private Stream<SuppressionKey> on(Element element) {
        return keys.computeIfAbsent(element, SuppressionKey::on).stream();
    }
}
