package io.espalier.processor.plan;

import io.espalier.processor.ir.Loss;
import io.espalier.processor.ir.ModelName;
import io.espalier.processor.read.ModelDeclaration;
import java.util.Optional;

/** What is emitted for a declared model, whether its graph is sound or not. */
public final class Models {
    private Models() {}

    /** The names of a model and of its emitted class. */
    public static ModelName name(ModelDeclaration model) {
        return new ModelName(
                model.packageName(),
                model.simpleName(),
                model.qualifiedName(),
                model.networkClassName(),
                model.isPublic(),
                model.type());
    }

    /** The loss that a network's class names; empty if the name does not resolve, or is one that this version does not know. */
    public static Optional<Loss> loss(ModelDeclaration network) {
        return network.loss().flatMap(Loss::of);
    }
}
