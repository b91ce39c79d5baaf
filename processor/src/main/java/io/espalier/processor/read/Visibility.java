package io.espalier.processor.read;

import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/** Where types come from: what the module of a model sees, and what is compiled rather than taken from a class file. */
public final class Visibility {
    private Visibility() {}

    /**
     * A type as the module of a model sees it.
     *
     * @param elements the compiler's elements
     * @param model the network or block whose module looks
     * @param qualifiedName the type's name
     * @return the type, empty if the module does not see it
     */
    public static Optional<TypeElement> find(Elements elements, TypeElement model, String qualifiedName) {
        ModuleElement module = elements.getModuleOf(model);
        return Optional.ofNullable(
                module == null
                        ? elements.getTypeElement(qualifiedName)
                        : elements.getTypeElement(module, qualifiedName));
    }

    /**
     * Whether an element comes from a class file rather than from source.
     *
     * @param elements the compiler's elements
     * @param element a type or a part of one
     * @return false where the compiler cannot tell: editors need not know files, and what they compile comes from sources
     */
    public static boolean isFromClassFile(Elements elements, Element element) {
        try {
            JavaFileObject file = elements.getFileObjectOf(element);
            return file != null && file.getKind() == JavaFileObject.Kind.CLASS;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
