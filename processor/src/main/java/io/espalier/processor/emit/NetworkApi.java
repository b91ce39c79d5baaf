package io.espalier.processor.emit;

import com.squareup.javapoet.AnnotationSpec;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.ir.Loss;
import io.espalier.processor.ir.ModelName;
import java.io.IOException;
import java.nio.file.Path;
import javax.lang.model.element.Modifier;

/** The outside of a network's class, the same whether its model is sound or not: signatures without bodies. */
final class NetworkApi {
    private static final String PROCESSOR = "io.espalier.processor.EspalierProcessor";
    private static final ClassName GENERATED = ClassName.get("javax.annotation.processing", "Generated");

    private NetworkApi() {}

    static TypeSpec.Builder type(ModelName model, Loss loss) {
        TypeSpec.Builder type = TypeSpec.classBuilder(model.className())
                .addModifiers(Modifier.FINAL)
                .superclass(kind(loss))
                .addOriginatingElement(model.origin())
                .addAnnotation(AnnotationSpec.builder(GENERATED)
                        .addMember("value", "$S", PROCESSOR)
                        .build());
        if (model.isPublic()) {
            type.addModifiers(Modifier.PUBLIC);
        }
        return type;
    }

    /** What a network can be asked depends on its loss. */
    private static ClassName kind(Loss loss) {
        return switch (loss) {
            case CROSS_ENTROPY -> Types.CLASSIFIER;
            case BINARY_CROSS_ENTROPY -> Types.LABELER;
            case MEAN_SQUARED_ERROR -> Types.REGRESSOR;
        };
    }

    static MethodSpec.Builder create(ClassName network) {
        return MethodSpec.methodBuilder("create")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addJavadoc("""
                        A network with weights drawn at random.

                        @param seed fixes the weights
                        @return the network
                        """)
                .addParameter(long.class, "seed")
                .returns(network);
    }

    static MethodSpec.Builder load(ClassName network) {
        return MethodSpec.methodBuilder("load")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addJavadoc("""
                        A network with the weights of a safetensors file.

                        @param file the file
                        @return the network
                        @throws IOException if the file cannot be read or holds another network's weights
                        """)
                .addParameter(Path.class, "file")
                .addException(IOException.class)
                .returns(network);
    }

    static MethodSpec.Builder buildStep() {
        return MethodSpec.methodBuilder("buildStep")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .addParameter(Types.STEP_BUILDER, "step");
    }

    static MethodSpec.Builder monteCarlo() {
        return MethodSpec.methodBuilder("monteCarlo")
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("""
                        Estimates how sure the network is: its predictions with the noise of training on.

                        @param samples how many predictions make an estimate, at least 2
                        @param seed fixes the noise
                        @return the estimator, with a copy of the weights as they are now
                        """)
                .addParameter(int.class, "samples")
                .addParameter(long.class, "seed")
                .returns(Types.MONTE_CARLO);
    }

    static MethodSpec.Builder buildPrediction() {
        return MethodSpec.methodBuilder("buildPrediction")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .addParameter(Types.PREDICTION_BUILDER, "pass")
                .returns(Types.PREDICTION_CODE);
    }
}
