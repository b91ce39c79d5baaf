package io.espalier.processor.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/** The instance fields of a model in the order in which they are written. */
final class FieldOrder {
    private FieldOrder() {}

    /**
     * The fields of a model in order.
     *
     * @return empty where the model comes from a class file that cannot be read: the compiler may have sorted its fields
     */
    static Optional<List<Element>> of(TypeElement model, Origins origins) {
        List<Element> fields = instanceFields(model);
        if (model.getKind() == ElementKind.RECORD) {
            // Its components keep their order in class files too.
            List<String> components =
                    model.getRecordComponents().stream().map(FieldOrder::name).toList();
            return Optional.of(sorted(fields, components));
        }
        if (fields.size() < 2 || origins.isSource(model)) {
            return Optional.of(fields);
        }
        Set<String> names = Set.copyOf(fields.stream().map(FieldOrder::name).toList());
        return origins.fieldsInClassFile(model)
                .filter(written -> written.size() == fields.size() && names.containsAll(written))
                .map(written -> sorted(fields, written));
    }

    private static List<Element> instanceFields(TypeElement model) {
        List<Element> fields = new ArrayList<>();
        for (VariableElement field : ElementFilter.fieldsIn(model.getEnclosedElements())) {
            if (field.getKind() == ElementKind.FIELD && !field.getModifiers().contains(Modifier.STATIC)) {
                fields.add(field);
            }
        }
        return fields;
    }

    private static List<Element> sorted(List<Element> fields, List<String> order) {
        return fields.stream()
                .sorted(Comparator.comparingInt(field -> order.indexOf(name(field))))
                .toList();
    }

    private static String name(Element element) {
        return element.getSimpleName().toString();
    }
}
