package io.espalier.processor.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Reads the language's annotations through their mirrors, by name: no class of the runtime is ever loaded. */
final class AnnotationReader {
    /** What the names of the language's annotations begin with, those in packages below its own among them. */
    private static final String LANGUAGE = "io.espalier.annotation.";

    private AnnotationReader() {}

    /**
     * The annotations of an element.
     *
     * @param language the language's own, in the order in which they are written
     * @param complete whether every annotation type and every value of the language resolves
     */
    record Annotations(List<AnnotationDeclaration> language, boolean complete) {
        boolean has(String name) {
            return language.stream().anyMatch(annotation -> annotation.name().equals(name));
        }
    }

    static Annotations read(Element element) {
        return read(element, element);
    }

    /**
     * The annotations that a compiler shows on one element of those that stand for the same piece of source.
     *
     * @param element shows the annotations
     * @param place the element to point at
     */
    static Annotations read(Element element, Element place) {
        List<AnnotationDeclaration> language = new ArrayList<>();
        boolean complete = true;
        for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
            if (mirror.getAnnotationType().getKind() == TypeKind.ERROR) {
                // It could be one of the language's, without its import.
                complete = false;
                continue;
            }
            TypeElement type = (TypeElement) mirror.getAnnotationType().asElement();
            String name = type.getQualifiedName().toString();
            if (name.startsWith(LANGUAGE)) {
                AnnotationDeclaration annotation = read(place, mirror, type);
                language.add(annotation);
                complete &= annotation.usable();
            }
        }
        return new Annotations(language, complete);
    }

    private static AnnotationDeclaration read(Element element, AnnotationMirror mirror, TypeElement type) {
        Map<String, AnnotationValue> written = written(mirror);
        Map<String, ValueDeclaration> values = new TreeMap<>();
        for (ExecutableElement member : ElementFilter.methodsIn(type.getEnclosedElements())) {
            String name = member.getSimpleName().toString();
            values.put(name, value(element, mirror, member, written.get(name)));
        }
        return new AnnotationDeclaration(type.getSimpleName().toString(), SourcePoint.of(element, mirror), values);
    }

    private static Map<String, AnnotationValue> written(AnnotationMirror mirror) {
        Map<String, AnnotationValue> written = new TreeMap<>();
        try {
            mirror.getElementValues()
                    .forEach((member, value) ->
                            written.put(member.getSimpleName().toString(), value));
        } catch (RuntimeException e) {
            // Eclipse's compiler fails on some values that do not compile; the compiler reports those.
            return Map.of();
        }
        return written;
    }

    private static ValueDeclaration value(
            Element element, AnnotationMirror mirror, ExecutableElement member, @Nullable AnnotationValue written) {
        AnnotationValue byDefault = member.getDefaultValue();
        Optional<Object> defaultValue =
                byDefault == null ? Optional.empty() : ValueReader.read(member.getReturnType(), byDefault);
        Object otherwise = defaultValue.orElseGet(() -> ValueReader.standIn(member.getReturnType()));
        if (written == null) {
            return new ValueDeclaration(otherwise, false, defaultValue.isPresent(), SourcePoint.of(element, mirror));
        }
        Optional<Object> value = ValueReader.read(member.getReturnType(), written);
        return new ValueDeclaration(
                value.orElse(otherwise),
                true,
                value.isPresent(),
                SourcePoint.of(element, mirror, member.getSimpleName().toString(), written));
    }
}
