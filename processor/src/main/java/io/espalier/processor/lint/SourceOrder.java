package io.espalier.processor.lint;

import io.espalier.processor.read.AnnotationDeclaration;
import io.espalier.processor.read.ModelDeclaration;
import io.espalier.processor.read.NetworkDeclaration;
import io.espalier.processor.read.SourcePoint;
import io.espalier.processor.read.StageDeclaration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/**
 * Puts source points in the order of the source, by what the language model tells: the types in the order in which they
 * enclose or follow each other, or are reached from the network; in a type its own annotations, then its fields; in an
 * annotation the values as they are written.
 */
final class SourceOrder {
    /**
     * A point's place; equal for points that a compiler shows at the same spot.
     *
     * @param type the top-level types in the order in which they are reached, and within one of them the index of each
     *     enclosed type
     * @param member index of the field in its type, from 1; 0 for the type itself
     * @param annotation index of the annotation among the language's on it, from 1; others come last; 0 for the element itself
     * @param value index of the value in the annotation as written, from 1; 0 for the annotation as a whole
     */
    record Place(List<Integer> type, int member, int annotation, int value) implements Comparable<Place> {
        private static final Comparator<Place> ORDER = Comparator.comparing(Place::type, SourceOrder::compare)
                .thenComparingInt(Place::member)
                .thenComparingInt(Place::annotation)
                .thenComparingInt(Place::value);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private final Map<Element, Integer> outermost = new HashMap<>();
    private final Map<Element, Integer> stages = new HashMap<>();
    private final Map<AnnotationMirror, Integer> annotations = new IdentityHashMap<>();
    private final Map<AnnotationValue, Integer> values = new IdentityHashMap<>();

    SourceOrder(NetworkDeclaration declaration) {
        Stream.concat(Stream.of(declaration.network()), declaration.blocks().values().stream())
                .forEach(this::add);
    }

    /** The place of a point. */
    Place of(SourcePoint point) {
        Element element = point.element();
        AnnotationMirror mirror = point.mirror();
        int annotation = mirror == null ? 0 : annotations.getOrDefault(mirror, Integer.MAX_VALUE);
        AnnotationValue written = point.value();
        int value = written == null ? 0 : values.getOrDefault(written, 0);
        Element owner = element.getEnclosingElement();
        if (element instanceof TypeElement || owner == null) {
            return new Place(path(element), 0, annotation, value);
        }
        return new Place(path(owner), stages.getOrDefault(element, Integer.MAX_VALUE), annotation, value);
    }

    private void add(ModelDeclaration model) {
        Element top = model.type();
        while (top.getEnclosingElement() instanceof TypeElement outer) {
            top = outer;
        }
        outermost.putIfAbsent(top, outermost.size());
        add(model.annotations());
        // Eclipse's compiler (3.46) hands a record's members over in the order of their names.
        for (StageDeclaration stage : model.stages()) {
            stages.put(stage.point().element(), stages.size() + 1);
            add(stage.annotations());
        }
    }

    /** The annotations of one element, in the order in which they are written. */
    private void add(List<AnnotationDeclaration> declared) {
        for (int i = 0; i < declared.size(); i++) {
            AnnotationMirror mirror = declared.get(i).point().mirror();
            if (mirror != null) {
                annotations.put(mirror, i + 1);
            }
            add(declared.get(i));
        }
    }

    private void add(AnnotationDeclaration annotation) {
        List<String> written = written(annotation.point().mirror());
        annotation.values().forEach((name, declared) -> {
            AnnotationValue value = declared.point().value();
            if (value != null) {
                values.put(value, 1 + written.indexOf(name));
            }
        });
    }

    private static List<String> written(@Nullable AnnotationMirror mirror) {
        List<String> names = new ArrayList<>();
        if (mirror != null) {
            try {
                mirror.getElementValues()
                        .keySet()
                        .forEach(member -> names.add(member.getSimpleName().toString()));
            } catch (RuntimeException e) {
                // Eclipse's compiler fails on some values that do not compile; their order is of no importance then.
                return List.of();
            }
        }
        return names;
    }

    private List<Integer> path(Element type) {
        if (!(type.getEnclosingElement() instanceof TypeElement outer)) {
            return List.of(outermost.getOrDefault(type, Integer.MAX_VALUE));
        }
        List<Integer> path = new ArrayList<>(path(outer));
        path.add(outer.getEnclosedElements().indexOf(type));
        return path;
    }

    private static int compare(List<Integer> one, List<Integer> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = Integer.compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }
}
