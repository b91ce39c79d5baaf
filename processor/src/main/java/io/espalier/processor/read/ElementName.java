package io.espalier.processor.read;

import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.QualifiedNameable;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * What an element that can hold a suppression is called. Elements do not outlive their round; by its name one is found again.
 *
 * @param kind what sort of element it is
 * @param qualified qualified name of the module, package or type; for a field, of the type it stands in
 * @param field simple name of a field, empty for anything else
 */
public record ElementName(Kind kind, String qualified, String field) {
    /** The sorts of elements, the outermost first. */
    public enum Kind {
        /** A module. */
        MODULE,
        /** A package. */
        PACKAGE,
        /** A class, record, interface or enum. */
        TYPE,
        /** A field, or what a record's component is as a field. */
        FIELD
    }

    /**
     * The name of an element.
     *
     * @param element a module, package, type, field or record component
     * @return its name
     */
    public static ElementName of(Element element) {
        return switch (element) {
            case ModuleElement module -> qualified(Kind.MODULE, module);
            case PackageElement box -> qualified(Kind.PACKAGE, box);
            case TypeElement type -> qualified(Kind.TYPE, type);
            default -> {
                String owner = element.getEnclosingElement() instanceof TypeElement type
                        ? type.getQualifiedName().toString()
                        : "";
                yield new ElementName(Kind.FIELD, owner, element.getSimpleName().toString());
            }
        };
    }

    private static ElementName qualified(Kind kind, QualifiedNameable element) {
        return new ElementName(kind, element.getQualifiedName().toString(), "");
    }

    /**
     * The element of this name.
     *
     * @param elements the compiler's elements of this round
     * @return the element, if it is still there
     */
    public Optional<Element> find(Elements elements) {
        return switch (kind) {
            case MODULE -> Optional.ofNullable(elements.getModuleElement(qualified));
            case PACKAGE -> Optional.ofNullable(elements.getPackageElement(qualified));
            case TYPE -> Optional.ofNullable(elements.getTypeElement(qualified));
            case FIELD ->
                Optional.ofNullable(elements.getTypeElement(qualified)).flatMap(this::fieldOf);
        };
    }

    private Optional<Element> fieldOf(TypeElement type) {
        return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
                .filter(candidate -> candidate.getKind() == ElementKind.FIELD)
                .filter(candidate -> candidate.getSimpleName().contentEquals(field))
                .findFirst()
                .map(Element.class::cast);
    }
}
