package io.espalier.processor.read;

import java.util.Optional;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** What the module of a model sees. */
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
}
