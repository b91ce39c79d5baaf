package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.ir.Described;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Run;
import io.espalier.processor.ir.Section;
import io.espalier.processor.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes what tells the runtime about a region's operations and parameters: a method for each stage. */
final class BlueprintEmitter {
    private final References references;
    private final RegionProgram region;
    private final TypeSpec.Builder type;
    private final Names methods;
    private final List<CodeBlock> statements = new ArrayList<>();

    private BlueprintEmitter(References references, TypeSpec.Builder type, Names methods) {
        this.references = references;
        this.region = references.region();
        this.type = type;
        this.methods = methods;
    }

    /**
     * Adds the methods to the network's class.
     *
     * @param methods the names of methods that the class has, those of all regions among them
     */
    static void emit(References references, TypeSpec.Builder type, Names methods) {
        new BlueprintEmitter(references, type, methods).emit();
    }

    static String method(RegionProgram region) {
        return region.isRoot() ? "describe" : "describe" + region.name() + "Region";
    }

    static CodeBlock shape(Shape shape) {
        return CodeBlock.of(
                "new int[] {$L}", shape.extents().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private void emit() {
        String stage = "";
        CodeBlock.Builder ofStage = CodeBlock.builder();
        for (Described described : region.description()) {
            // What belongs to the stage that runs the region is the region's shortcut.
            String next = described.named() ? described.stage() : "Shortcut";
            if (!next.equals(stage)) {
                stageMethod(stage, ofStage.build());
                ofStage.clear();
                stage = next;
            }
            switch (described) {
                case Described.Operation operation -> operation(ofStage, operation);
                case Described.Runs runs -> runs(ofStage, runs);
            }
        }
        stageMethod(stage, ofStage.build());
        Statements.methods(signature(method(region)).build(), arguments(), statements)
                .forEach(type::addMethod);
    }

    private void stageMethod(String stage, CodeBlock code) {
        if (!code.isEmpty()) {
            String name = methods.unique("describe" + region.name() + Names.upperFirst(stage));
            type.addMethod(signature(name).addCode(code).build());
            statements.add(CodeBlock.builder()
                    .addStatement("$L($L)", name, arguments())
                    .build());
        }
    }

    private MethodSpec.Builder signature(String name) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(Types.BLUEPRINT, "network");
        if (!region.isRoot()) {
            method.addParameter(String.class, "path");
            for (Section section : Section.values()) {
                if (region.size(section) > 0) {
                    method.addParameter(int.class, References.section(section));
                }
            }
        }
        return method;
    }

    private String arguments() {
        return signature("x").build().parameters.stream()
                .map(parameter -> parameter.name)
                .collect(Collectors.joining(", "));
    }

    private CodeBlock path(Described described) {
        if (region.isRoot()) {
            return CodeBlock.of("$S", described.stage());
        }
        return described.named() ? CodeBlock.of("path + $S", "." + described.stage()) : CodeBlock.of("path");
    }

    private CodeBlock name(Parameter parameter) {
        return region.isRoot()
                ? CodeBlock.of("$S", parameter.name())
                : CodeBlock.of("path + $S", "." + parameter.name());
    }

    private void operation(CodeBlock.Builder code, Described.Operation operation) {
        CodeBlock.Builder attributes = CodeBlock.builder();
        operation.attributes().forEach(attribute -> attributes.add(", $S", attribute));
        code.addStatement(
                "network.operation($L, $S, $L, $L$L)",
                path(operation),
                operation.kind(),
                shape(operation.input()),
                shape(operation.output()),
                attributes.build());
        for (Parameter parameter : operation.parameters()) {
            parameter(code, parameter);
        }
    }

    private void parameter(CodeBlock.Builder code, Parameter parameter) {
        code.addStatement(
                "network.parameter($L, $L, $T.$L, $T.$L, $L, $L, $L)",
                name(parameter),
                references.offset(parameter),
                Types.PACKING,
                parameter.packing().name(),
                Types.PARAMETER_ROLE,
                parameter.role().name(),
                parameter.decayed(),
                parameter.limit(),
                parameter.shape().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private void runs(CodeBlock.Builder code, Described.Runs runs) {
        Run run = runs.run();
        if (!run.repeated()) {
            code.addStatement("$L($L)", method(run.callee()), offsets(run, path(runs), ""));
            return;
        }
        CodeBlock prefix = region.isRoot()
                ? CodeBlock.of("$S + i", runs.stage() + ".")
                : CodeBlock.of("path + $S + i", runs.named() ? "." + runs.stage() + "." : ".");
        code.beginControlFlow("for (int i = 0; i < $L; i++)", run.times());
        code.addStatement("$L($L)", method(run.callee()), offsets(run, prefix, "i"));
        code.endControlFlow();
    }

    private CodeBlock offsets(Run run, CodeBlock path, String iteration) {
        CodeBlock.Builder arguments = CodeBlock.builder().add("network, $L", path);
        for (Section section : Section.values()) {
            int size = run.callee().size(section);
            if (size > 0) {
                arguments.add(
                        ", $L",
                        References.sum(
                                references.offset(section, run.offsets().get(section.ordinal())),
                                References.times(iteration, size)));
            }
        }
        return arguments.build();
    }
}
