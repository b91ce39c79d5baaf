package io.espalier.processor.lint;

import io.espalier.processor.read.NetworkDeclaration;
import io.espalier.processor.read.SourcePoint;
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
    private final Map<Element, SourcePoint> standIns = new HashMap<>();

    /** Suppressions of a compilation as a whole. */
    Suppressions() {}

    /** Suppressions of a network; those in its class files are lost, so that the fields which lead there speak for them. */
    Suppressions(NetworkDeclaration network) {
        network.models().forEach(model -> model.shownAt().ifPresent(field -> standIns.put(model.type(), field)));
    }

    /** What stands for an element in the sources, if it comes from a class file. */
    Optional<SourcePoint> standIn(Element element) {
        return Stream.<Element>iterate(element, at -> at != null, Element::getEnclosingElement)
                .flatMap(at -> Optional.ofNullable(standIns.get(at)).stream())
                .findFirst();
    }

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
        Element readable = standIn(element).map(SourcePoint::element).orElse(element);
        return Stream.<Element>iterate(readable, at -> at != null, Element::getEnclosingElement)
                .flatMap(at -> texts.stream()
                        .flatMap(text -> on(at).filter(key -> key.text().equals(text))))
                .findFirst();
    }

    private Stream<SuppressionKey> on(Element element) {
        return keys.computeIfAbsent(element, SuppressionKey::on).stream();
    }
}
