package io.espalier.processor.read;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One of the language's annotations as the source writes it.
 *
 * @param name simple name of the annotation type, such as {@code Dropout}
 * @param point where the annotation stands
 * @param values every element of the annotation type by name, written or default, sorted by name, because a class file's
 *     order is not the same to every compiler
 */
public record AnnotationDeclaration(String name, SourcePoint point, Map<String, ValueDeclaration> values) {
    /** Copies the values. */
    public AnnotationDeclaration {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * The value of an element, which must exist.
     *
     * @param element the element's name
     * @return its value
     * @throws IllegalStateException if the annotation type has no such element: runtime and processor are then of different
     *     versions
     */
    public ValueDeclaration value(String element) {
        ValueDeclaration found = values.get(element);
        if (found == null) {
            throw new IllegalStateException("@" + name + " has no element '" + element
                    + "': the processor and the runtime that it compiles against are of different versions");
        }
        return found;
    }

    /**
     * Whether every value resolves to one of its type.
     *
     * @return false if the compiler has something to report about one
     */
    public boolean usable() {
        return values.values().stream().allMatch(ValueDeclaration::usable);
    }

    /**
     * The value of an {@code int} element.
     *
     * @param element the element's name
     * @return the value
     */
    public int intValue(String element) {
        return (Integer) value(element).value();
    }

    /**
     * The value of a {@code double} element.
     *
     * @param element the element's name
     * @return the value
     */
    public double doubleValue(String element) {
        return (Double) value(element).value();
    }

    /**
     * The value of an {@code int} or {@code double} element.
     *
     * @param element the element's name
     * @return the value
     */
    public Number number(String element) {
        return (Number) value(element).value();
    }

    /**
     * The value of a {@code boolean} element.
     *
     * @param element the element's name
     * @return the value
     */
    public boolean booleanValue(String element) {
        return (Boolean) value(element).value();
    }

    /**
     * The name of the constant that an enum element holds.
     *
     * @param element the element's name
     * @return the name
     */
    public String enumValue(String element) {
        return (String) value(element).value();
    }

    /**
     * The values of an {@code int[]} element.
     *
     * @param element the element's name
     * @return the values, in the order in which they are written
     */
    @SuppressWarnings("unchecked")
    public List<Integer> intValues(String element) {
        return (List<Integer>) value(element).value();
    }

    /**
     * Where the value stands if it is written, else where the annotation stands.
     *
     * @param element the element's name
     * @return the place
     */
    public SourcePoint pointOf(String element) {
        return value(element).point();
    }
}
