package io.espalier.processor.ir;

import javax.lang.model.element.Element;

/**
 * Names of a model and of the class that is emitted for it.
 *
 * @param packageName the package of both, empty for the unnamed one
 * @param modelName the model's name with those of its enclosing types, joined by underscores
 * @param qualifiedName the model's qualified name
 * @param className simple name of the emitted class
 * @param isPublic whether the emitted class is public
 * @param origin the model, as what the emitted class comes from
 */
public record ModelName(
        String packageName,
        String modelName,
        String qualifiedName,
        String className,
        boolean isPublic,
        Element origin) {}
