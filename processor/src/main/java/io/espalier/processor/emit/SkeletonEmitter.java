package io.espalier.processor.emit;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.ir.Loss;
import io.espalier.processor.ir.ModelName;
import javax.lang.model.element.Modifier;

/**
 * Writes the class of a model with errors: the whole outside of a network, with bodies that throw. Code that uses the network
 * then compiles, and the model's own errors are all that the compiler reports.
 */
public final class SkeletonEmitter {
    private SkeletonEmitter() {}

    /**
     * The source of the class.
     *
     * @param model its names
     * @param loss what it is to minimize
     * @param monteCarlo whether the model asks for Monte-Carlo sampling
     */
    public static JavaFile emit(ModelName model, Loss loss, boolean monteCarlo) {
        ClassName name = ClassName.get(model.packageName(), model.className());
        CodeBlock refusal = CodeBlock.builder()
                .addStatement(
                        "throw new $T($S)",
                        IllegalStateException.class,
                        model.qualifiedName() + " has errors, which its compilation reports")
                .build();
        TypeSpec.Builder type = NetworkApi.type(model, loss)
                .addJavadoc("Stands in for the network of {@code $L}, which has errors.\n", model.qualifiedName())
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .addStatement("super(new $T($S, 0))", Types.BLUEPRINT, model.modelName())
                        .build());
        type.addMethod(NetworkApi.create(name).addCode(refusal).build());
        MethodSpec load = NetworkApi.load(name).addCode(refusal).build();
        type.addMethod(load);
        type.addMethod(NetworkApi.buildStep().addCode(refusal).build());
        type.addMethod(NetworkApi.buildPrediction().addCode(refusal).build());
        if (monteCarlo) {
            type.addMethod(NetworkApi.monteCarlo().addCode(refusal).build());
        }
        return JavaFile.builder(model.packageName(), type.build())
                .indent("    ")
                .skipJavaLangImports(true)
                .build();
    }
}
