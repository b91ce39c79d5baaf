package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.ir.Described;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Run;
import io.espalier.processor.ir.Section;
import io.espalier.processor.ir.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes what tells the runtime about a region's operations and parameters. */
final class BlueprintEmitter {
    private final References references;
    private final RegionProgram region;
    private final TypeSpec.Builder type;
    private final List<CodeBlock> statements = new ArrayList<>();

    private BlueprintEmitter(References references, TypeSpec.Builder type) {
        this.references = references;
        this.region = references.region();
        this.type = type;
    }

    /** Adds the method to the network's class, or several where it would be long. */
    static void emit(References references, TypeSpec.Builder type) {
        new BlueprintEmitter(references, type).emit();
    }

    static String method(RegionProgram region) {
        return region.isRoot() ? "describe" : "describe" + region.name() + "Region";
    }

    static CodeBlock shape(Shape shape) {
        return CodeBlock.of(
                "new int[] {$L}", shape.extents().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private void emit() {
        for (Described described : region.description()) {
            switch (described) {
                case Described.Operation operation -> operation(operation);
                case Described.Runs runs -> runs(runs);
            }
        }
        Statements.methods(signature(method(region)).build(), arguments(), statements)
                .forEach(type::addMethod);
    }

    private void add(String format, Object... arguments) {
        statements.add(CodeBlock.builder().addStatement(format, arguments).build());
    }

    private MethodSpec.Builder signature(String name) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(Types.BLUEPRINT, "network");
        if (!region.isRoot()) {
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

    /** A stage, by its name in the region: what belongs to the stage that runs the region has none there. */
    private static String stage(Described described) {
        return described.named() ? described.stage() : "";
    }

    private void operation(Described.Operation operation) {
        CodeBlock.Builder attributes = CodeBlock.builder();
        operation.attributes().forEach(attribute -> attributes.add(", $S", attribute));
        add(
                "network.operation($S, $S, $L, $L$L)",
                stage(operation),
                operation.kind(),
                shape(operation.input()),
                shape(operation.output()),
                attributes.build());
        operation.parameters().forEach(this::parameter);
    }

    private void parameter(Parameter parameter) {
        add(
                "network.parameter($S, $L, $T.$L, $T.$L, $L, $L, $L)",
                parameter.name(),
                references.offset(parameter),
                Types.PACKING,
                parameter.packing().name(),
                Types.PARAMETER_ROLE,
                parameter.role().name(),
                Arguments.named("decayed", parameter.decayed()),
                Arguments.named("limit", parameter.limit()),
                parameter.shape().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private void runs(Described.Runs runs) {
        Run run = runs.run();
        if (!run.repeated()) {
            add("$L($L)", method(run.callee()), offsets(run, CodeBlock.of("network.within($S)", stage(runs)), ""));
            return;
        }
        statements.add(CodeBlock.builder()
                .beginControlFlow("for (int i = 0; i < $L; i++)", run.times())
                .addStatement(
                        "$L($L)",
                        method(run.callee()),
                        offsets(run, CodeBlock.of("network.within($S, i)", stage(runs)), "i"))
                .endControlFlow()
                .build());
    }

    private CodeBlock offsets(Run run, CodeBlock blueprint, String iteration) {
        CodeBlock.Builder arguments = CodeBlock.builder().add(blueprint);
        for (Section section : Section.values()) {
            int size = run.callee().size(section);
            if (size > 0) {
                arguments.add(
                        ", $L",
                        Arguments.named(
                                References.section(section),
                                References.sum(
                                        references.offset(section, run.offsets().get(section.ordinal())),
                                        References.times(iteration, size))));
            }
        }
        return arguments.build();
    }
}
