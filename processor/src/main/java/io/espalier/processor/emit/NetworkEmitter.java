package io.espalier.processor.emit;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.ModelName;
import io.espalier.processor.ir.NetworkProgram;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Section;
import java.util.Locale;
import javax.lang.model.element.Modifier;

/** Writes the class of a network. */
public final class NetworkEmitter {

    private final NetworkProgram network;
    private final RegionProgram root;
    private final References references;

    private NetworkEmitter(NetworkProgram network) {
        this.network = network;
        this.root = network.root();
        this.references = References.of(network);
    }

    /** The source of a network's class. */
    public static JavaFile emit(NetworkProgram network) {
        return new NetworkEmitter(network).emit();
    }

    private JavaFile emit() {
        ModelName model = network.model();
        ClassName name = ClassName.get(model.packageName(), model.className());
        TypeSpec.Builder type = NetworkApi.type(model, network.training().loss());
        type.addJavadoc("$L", ClassComment.of(network));
        constants(type);
        type.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(Types.BLUEPRINT, "blueprint")
                .addStatement("super(blueprint)")
                .build());
        type.addMethod(NetworkApi.create(name)
                .addStatement("$T.require()", Types.VECTOR_MODULE)
                .addStatement("$T network = new $T(blueprint())", name, name)
                .addStatement("network.drawWeights(seed)")
                .addStatement("return network")
                .build());
        type.addMethod(NetworkApi.load(name)
                .addStatement("$T.require()", Types.VECTOR_MODULE)
                .addStatement("$T network = new $T(blueprint())", name, name)
                .addStatement("network.readWeights(file)")
                .addStatement("return network")
                .build());
        type.addMethod(NetworkApi.buildStep()
                .addStatement("new $T(step).register(step)", TrainingClass.NAME)
                .build());
        type.addMethod(NetworkApi.buildPrediction()
                .addStatement("return new $T(pass)", InferenceClass.name(Mode.PREDICTION))
                .build());
        if (network.monteCarlo()) {
            type.addMethod(NetworkApi.monteCarlo()
                    .addStatement("return monteCarlo(samples, seed, $T::new)", InferenceClass.name(Mode.SAMPLING))
                    .build());
        }
        blueprint(type);
        type.addType(TrainingClass.emit(references));
        type.addType(InferenceClass.emit(references, Mode.PREDICTION));
        if (network.monteCarlo()) {
            type.addType(InferenceClass.emit(references, Mode.SAMPLING));
        }
        references.loops().type().ifPresent(type::addType);
        return JavaFile.builder(model.packageName(), type.build())
                .indent("    ")
                .skipJavaLangImports(true)
                .build();
    }

    private void constants(TypeSpec.Builder type) {
        int weights = root.size(Section.WEIGHTS);
        int decayed = decayed();
        int trained = weights + decayed + root.size(Section.UNDECAYED);
        constant(type, "WEIGHTS", weights, "How many values weights take; they come first.");
        if (decayed > 0) {
            constant(type, "DECAYED", weights + decayed, "Where biases and norms that decay end; they come next.");
        }
        constant(type, "TRAINED", trained, "How many values are trained; running statistics come after them.");
        constant(type, "VALUES", trained + root.size(Section.STATISTICS), "All values, padding included.");
        for (RegionProgram region : network.all()) {
            for (Parameter parameter : region.parameters()) {
                type.addField(FieldSpec.builder(
                                TypeName.INT, parameter.constant(), Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                        .initializer("$L", references.of(region).constantValue(parameter))
                        .addJavadoc(
                                region.isRoot()
                                        ? ""
                                        : "Counted from where the run's "
                                                + parameter.section().name().toLowerCase(Locale.ROOT)
                                                + " values begin.\n")
                        .build());
            }
        }
    }

    private static void constant(TypeSpec.Builder type, String name, int value, String comment) {
        type.addField(FieldSpec.builder(TypeName.INT, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("$L", value)
                .addJavadoc("$L\n", comment)
                .build());
    }

    private void blueprint(TypeSpec.Builder type) {
        CodeBlock.Builder code = CodeBlock.builder();
        code.addStatement(
                "$T network = new $T($S, VALUES)",
                Types.BLUEPRINT,
                Types.BLUEPRINT,
                network.model().modelName());
        code.addStatement(
                "network.ends($L, $L, $S)",
                BlueprintEmitter.shape(root.inputShape()),
                BlueprintEmitter.shape(root.outputShape()),
                network.training().loss().name());
        code.addStatement("network.sections(WEIGHTS, $L, TRAINED)", decayed() > 0 ? "DECAYED" : "WEIGHTS");
        code.add(TrainingRuleEmitter.statement(network.training()));
        code.addStatement("$L(network)", BlueprintEmitter.method(root));
        code.addStatement("return network");
        type.addMethod(MethodSpec.methodBuilder("blueprint")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(Types.BLUEPRINT)
                .addCode(code.build())
                .build());
        network.all().forEach(region -> BlueprintEmitter.emit(references.of(region), type));
    }

    private int decayed() {
        return root.size(Section.DECAYED);
    }
}
