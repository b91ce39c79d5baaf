package io.espalier.processor.emit;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.plan.Item;
import io.espalier.processor.plan.RegionPlan;
import io.espalier.processor.plan.Section;
import io.espalier.processor.plan.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Modifier;

/**
 * Writes what trains a region: its buffers, a method for each segment and direction, and the passes that call them. The class
 * of the network itself and those of the regions it runs have all of this in common.
 */
final class TrainingEmitter {
    private final Scope scope;
    private final RegionPlan region;
    private final TypeSpec.Builder type;
    private final List<CodeBlock> construction = new ArrayList<>();
    private final GradientBuffers gradients = new GradientBuffers();
    private final PhaseList forward = new PhaseList();
    private final PhaseList backward = new PhaseList();

    TrainingEmitter(Scope scope, TypeSpec.Builder type) {
        this.scope = scope;
        this.region = scope.region();
        this.type = type;
    }

    static ClassName className(RegionPlan region) {
        return ClassName.get("", region.name() + Mode.TRAINING.suffix());
    }

    PhaseList forward() {
        return forward;
    }

    PhaseList backward() {
        return backward;
    }

    /** Statements of the constructor that allocate all buffers and make the regions that are run. */
    List<CodeBlock> construction() {
        return construction;
    }

    /** Writes fields and methods of all parts. */
    void emitParts() {
        for (Item item : region.items()) {
            switch (item) {
                case Item.Segment segment -> segment(segment);
                case Item.Call call -> call(call);
            }
        }
        List<Item> reversed = new ArrayList<>(region.items());
        Collections.reverse(reversed);
        for (Item item : reversed) {
            switch (item) {
                case Item.Segment segment -> segmentBackward(segment);
                case Item.Call call -> callBackward(call);
            }
        }
        gradientFields();
    }

    /** The buffers that the written methods name. */
    private void gradientFields() {
        for (int level : gradients.used()) {
            String name = GradientBuffers.name(level);
            type.addField(FieldSpec.builder(ArrayTypeName.of(float.class), name, Modifier.PRIVATE)
                    .addJavadoc(
                            level == 0
                                    ? "The gradient of what is being gone through, a row of GRADIENT_STRIDE values each.\n"
                                    : "The same within $L residual branch$L.\n",
                            level == 0
                                    ? new Object[] {}
                                    : new Object[] {level == 1 ? "a" : level, level == 1 ? "" : "es"})
                    .build());
            construction.add(CodeBlock.builder()
                    .addStatement("$L = gradientBuffer($L)", name, region.isRoot() ? level : Scope.plus("level", level))
                    .build());
        }
    }

    private void segment(Item.Segment segment) {
        SegmentBuffers.Emitted buffers = SegmentBuffers.of(scope, segment);
        buffers.fields().forEach(type::addField);
        buffers.methods().forEach(method -> {
            type.addMethod(method);
            construction.add(
                    CodeBlock.builder().addStatement("$L()", method.name).build());
        });
        List<MethodSpec> methods = ForwardEmitter.methods(scope, Mode.TRAINING, segment);
        methods.forEach(type::addMethod);
        for (MethodSpec method : methods) {
            call(forward, method);
            if (segment.batchNorm().isPresent() && method.name.equals(SegmentNames.forward(segment))) {
                Step.BatchNorm norm = segment.batchNorm().get();
                type.addMethod(statistics(segment, norm));
                forward.between(CodeBlock.builder()
                        .addStatement("$L()", SegmentNames.statistics(segment))
                        .build());
            }
        }
    }

    /** A method without parameters is for the whole batch. */
    private static void call(PhaseList pass, MethodSpec method) {
        if (method.parameters.isEmpty()) {
            pass.between(CodeBlock.builder().addStatement("$L()", method.name).build());
        } else {
            pass.rows("$L(from, to)", method.name);
        }
    }

    private MethodSpec statistics(Item.Segment segment, Step.BatchNorm norm) {
        return MethodSpec.methodBuilder(SegmentNames.statistics(segment))
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("Batch norm's mean and variance over the whole batch, and its running estimates.\n")
                .addStatement(
                        "$T.combine(\n$LPartials, $T.count(batchRows()), batchRows(), $L, $Lf, $Lf,\n$LMean, $LInverseDeviation, 0,"
                                + " values, $L, $L)",
                        Types.BATCH_STATISTICS,
                        norm.name(),
                        Types.SLICES,
                        norm.source().width(),
                        norm.epsilon(),
                        norm.momentum(),
                        norm.name(),
                        norm.name(),
                        scope.place(norm.runningMean()),
                        scope.place(norm.runningVariance()))
                .build();
    }

    private void segmentBackward(Item.Segment segment) {
        if (!segment.backward()) {
            return;
        }
        List<MethodSpec> methods = BackwardEmitter.methods(scope, gradients, segment);
        methods.forEach(type::addMethod);
        for (MethodSpec method : methods) {
            call(backward, method);
            if (segment.batchNorm().isPresent() && method.name.equals(SegmentNames.backward(segment))) {
                Step.BatchNorm norm = segment.batchNorm().get();
                type.addMethod(gradientSums(segment, norm));
                backward.between(CodeBlock.builder()
                        .addStatement("$L()", SegmentNames.gradientSums(segment))
                        .build());
            }
        }
    }

    private MethodSpec gradientSums(Item.Segment segment, Step.BatchNorm norm) {
        int stride = norm.source().stride();
        return MethodSpec.methodBuilder(SegmentNames.gradientSums(segment))
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("The means over the whole batch that batch norm's gradient needs.\n")
                .addStatement(
                        "$T.gradientMeans(\n$LSums, $L, $T.count(batchRows()), batchRows(), $L, values, $L, $LInverseDeviation,\n"
                                + "$LMeanGradient, $LMeanProduct, $LGradientScale)",
                        Types.BATCH_NORMALIZATION,
                        norm.name(),
                        2 * stride,
                        Types.SLICES,
                        norm.source().width(),
                        scope.place(norm.scale()),
                        norm.name(),
                        norm.name(),
                        norm.name(),
                        norm.name())
                .build();
    }

    // Regions that are run.

    private static String field(Item.Call call) {
        return call.name() + (call.times() > 1 ? "Runs" : "Run");
    }

    private void call(Item.Call call) {
        ClassName callee = className(call.callee());
        TypeName fieldType = call.times() > 1 ? ArrayTypeName.of(callee) : callee;
        type.addField(
                FieldSpec.builder(fieldType, field(call), Modifier.PRIVATE).build());
        type.addField(float[].class, call.output().name(), Modifier.PRIVATE);
        MethodSpec.Builder make =
                MethodSpec.methodBuilder(call.name() + "Buffers").addModifiers(Modifier.PRIVATE);
        if (call.times() == 1) {
            make.addStatement(
                    "$L = new $T($L)",
                    field(call),
                    callee,
                    arguments(call, call.source().name(), ""));
            make.addStatement("$L = $LRun.output", call.output().name(), call.name());
        } else {
            make.addStatement("$L = new $T[$L]", field(call), callee, call.times());
            make.addStatement("float[] next = $L", call.source().name());
            make.beginControlFlow("for (int i = 0; i < $L; i++)", call.times());
            make.addStatement("$L[i] = new $T($L)", field(call), callee, arguments(call, "next", "i"));
            make.addStatement("next = $L[i].output", field(call));
            make.endControlFlow();
            make.addStatement("$L = next", call.output().name());
        }
        type.addMethod(make.build());
        construction.add(
                CodeBlock.builder().addStatement("$LBuffers()", call.name()).build());
        if (call.callee().synchronizes()) {
            forward.between(eachRun(call, "forwardPass()", false));
        } else {
            forward.rows(eachRun(call, "forward(from, to)", false));
        }
    }

    private void callBackward(Item.Call call) {
        if (call.callee().synchronizes()) {
            backward.between(eachRun(call, "backwardPass()", true));
        } else {
            backward.rows(eachRun(call, "backward(from, to)", true));
        }
    }

    private CodeBlock eachRun(Item.Call call, String invocation, boolean reverse) {
        CodeBlock.Builder code = CodeBlock.builder();
        if (call.times() == 1) {
            return code.addStatement("$L.$L", field(call), invocation).build();
        }
        if (reverse) {
            code.beginControlFlow("for (int i = $L; i >= 0; i--)", call.times() - 1);
        } else {
            code.beginControlFlow("for (int i = 0; i < $L; i++)", call.times());
        }
        return code.addStatement("$L[i].$L", field(call), invocation)
                .endControlFlow()
                .build();
    }

    /** What a region's constructor takes; only what it has a use for. */
    static Map<String, TypeName> parameters(RegionPlan region) {
        Map<String, TypeName> parameters = new LinkedHashMap<>();
        parameters.put("input", ArrayTypeName.of(float.class));
        for (Section section : Section.values()) {
            if (region.size(section) > 0) {
                parameters.put(Scope.section(section), TypeName.INT);
            }
        }
        if (region.streams() > 0) {
            parameters.put("stream", TypeName.INT);
        }
        if (region.levels() > 0) {
            parameters.put("level", TypeName.INT);
        }
        return parameters;
    }

    private String arguments(Item.Call call, String input, String iteration) {
        List<String> arguments = new ArrayList<>();
        arguments.add(input);
        RegionPlan callee = call.callee();
        for (Section section : Section.values()) {
            int size = callee.size(section);
            if (size > 0) {
                arguments.add(sum(scope.place(section, call.offsets().get(section.ordinal())), times(iteration, size)));
            }
        }
        if (callee.streams() > 0) {
            arguments.add(sum(scope.stream(call.stream()), times(iteration, callee.streams())));
        }
        if (callee.levels() > 0) {
            arguments.add(region.isRoot() ? String.valueOf(call.level()) : Scope.plus("level", call.level()));
        }
        return String.join(", ", arguments);
    }

    /** What an iteration's share adds to the first one's place. */
    static String times(String iteration, int size) {
        return iteration.isEmpty() ? "" : size == 1 ? iteration : iteration + " * " + size;
    }

    static String sum(String first, String second) {
        return second.isEmpty() ? first : first.equals("0") ? second : first + " + " + second;
    }
}
