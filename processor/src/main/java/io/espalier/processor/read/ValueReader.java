package io.espalier.processor.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/**
 * Takes the values out of annotations, whatever a compiler hands over: what does not resolve comes as the string
 * {@code <error>}, some compilers give values of the wrong kind, and some throw when asked.
 */
final class ValueReader {
    private ValueReader() {}

    /**
     * The value as the declared type wants it: {@code Integer}, {@code Double}, {@code Boolean}, the name of an enum
     * constant or a {@code List<Integer>}; empty where it is nothing of the kind.
     */
    static Optional<Object> read(TypeMirror type, AnnotationValue value) {
        Object raw;
        try {
            raw = value.getValue();
        } catch (RuntimeException e) {
            return Optional.empty();
        }
        return switch (type.getKind()) {
            case INT -> integer(raw);
            case DOUBLE -> real(raw);
            case BOOLEAN -> raw instanceof Boolean ? Optional.of(raw) : Optional.empty();
            case DECLARED -> constant((DeclaredType) type, raw);
            case ARRAY -> list(((ArrayType) type).getComponentType(), raw);
            default -> Optional.empty();
        };
    }

    /** What stands in where the source gives no usable value and the annotation type no default. */
    static Object standIn(TypeMirror type) {
        return switch (type.getKind()) {
            case INT -> 1;
            case DOUBLE -> 0.0;
            case BOOLEAN -> false;
            case ARRAY -> List.of();
            default -> "";
        };
    }

    private static Optional<Object> integer(Object raw) {
        return switch (raw) {
            case Integer i -> Optional.of(i);
            case Short s -> Optional.of((int) s);
            case Byte b -> Optional.of((int) b);
            case Character c -> Optional.of((int) c);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> real(Object raw) {
        return raw instanceof Number number
                ? Optional.of(number.doubleValue())
                : integer(raw).map(i -> ((Integer) i).doubleValue());
    }

    private static Optional<Object> constant(DeclaredType type, Object raw) {
        String name = raw instanceof VariableElement variable
                ? variable.getSimpleName().toString()
                : raw.toString();
        for (Element member : type.asElement().getEnclosedElements()) {
            if (member.getKind() == ElementKind.ENUM_CONSTANT
                    && member.getSimpleName().contentEquals(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static Optional<Object> list(TypeMirror component, Object raw) {
        // A single value without braces is a list of one.
        List<?> values = raw instanceof List<?> several ? several : List.of(raw);
        List<Object> read = new ArrayList<>();
        for (Object value : values) {
            Optional<Object> one = value instanceof AnnotationValue annotationValue
                    ? read(component, annotationValue)
                    : integer(value);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            read.add(one.get());
        }
        return Optional.of(List.copyOf(read));
    }
}
