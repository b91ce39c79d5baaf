package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.plan.RegionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/** Writes the class that trains a region which the network runs; one object of it for each run. */
final class RegionTrainingEmitter {
    private RegionTrainingEmitter() {}

    static TypeSpec emit(Scope scope) {
        RegionPlan region = scope.region();
        TypeSpec.Builder type = TypeSpec.classBuilder(TrainingEmitter.className(region))
                .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc(
                        "Trains {@code $L}, {$L} → {$L}: one run of it.\n",
                        region.name(),
                        region.input().width(),
                        region.output().width());
        TrainingEmitter parts = new TrainingEmitter(scope, type);
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder();
        for (Map.Entry<String, TypeName> parameter :
                TrainingEmitter.parameters(region).entrySet()) {
            constructor.addParameter(parameter.getValue(), parameter.getKey());
            type.addField(parameter.getValue(), parameter.getKey(), Modifier.PRIVATE, Modifier.FINAL);
            constructor.addStatement("this.$L = $L", parameter.getKey(), parameter.getKey());
        }
        type.addField(FieldSpec.builder(float[].class, "output", Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc("What the region gives, a row for each example.\n")
                .build());
        parts.emitParts();
        Calls.methods(
                        MethodSpec.methodBuilder("allocate")
                                .addModifiers(Modifier.PRIVATE)
                                .build(),
                        "",
                        parts.construction())
                .forEach(type::addMethod);
        constructor.addStatement("allocate()");
        constructor.addStatement("output = $L", region.output().name());
        type.addMethod(constructor.build());
        if (region.synchronizes()) {
            type.addSuperinterface(Types.ROW_PHASE);
            Phases phases = new Phases(type, "");
            phases.pass(pass("forwardPass"), parts.forward().actions(), "forward");
            phases.pass(pass("backwardPass"), parts.backward().actions(), "backward");
            phases.dispatch();
        } else {
            rows(type, "forward", parts.forward());
            rows(type, "backward", parts.backward());
        }
        return type.build();
    }

    private static MethodSpec pass(String name) {
        return MethodSpec.methodBuilder(name).addModifiers(Modifier.PRIVATE).build();
    }

    private static void rows(TypeSpec.Builder type, String name, PhaseList pass) {
        List<CodeBlock> statements = new ArrayList<>();
        pass.actions().forEach(action -> statements.addAll(action.rows()));
        MethodSpec method = MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE)
                .addParameter(int.class, "from")
                .addParameter(int.class, "to")
                .build();
        Calls.methods(method, "from, to", statements).forEach(type::addMethod);
    }
}
