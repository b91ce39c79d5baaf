package io.espalier.processor.emit;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.plan.Item;
import io.espalier.processor.plan.NetworkPlan;
import io.espalier.processor.plan.PredictionSlots;
import io.espalier.processor.plan.Product;
import io.espalier.processor.plan.RegionPlan;
import io.espalier.processor.plan.Section;
import io.espalier.processor.plan.Step;
import io.espalier.processor.plan.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * Writes the classes that predict, on buffers that values share: the forward pass without anything random, or with the noise of
 * training where samples are drawn.
 */
final class PredictionEmitter {
    private final Scope scope;
    private final Mode mode;
    private final RegionPlan region;
    private final PredictionSlots slots;
    private final Map<RegionPlan, PredictionSlots> allSlots;
    private final TypeSpec.Builder type;
    private final List<CodeBlock> construction = new ArrayList<>();
    private final List<CodeBlock> forward = new ArrayList<>();
    private final List<CodeBlock> refresh = new ArrayList<>();
    private final List<CodeBlock> draws = new ArrayList<>();

    private PredictionEmitter(
            Scope scope, Mode mode, Map<RegionPlan, PredictionSlots> allSlots, TypeSpec.Builder type) {
        this.scope = scope;
        this.mode = mode;
        this.region = scope.region();
        this.allSlots = allSlots;
        this.slots = slotsOf(region);
        this.type = type;
    }

    private PredictionSlots slotsOf(RegionPlan plan) {
        PredictionSlots found = allSlots.get(plan);
        if (found == null) {
            throw new IllegalStateException(plan.name() + " was not planned");
        }
        return found;
    }

    /** The name of a mode's class. */
    static ClassName name(Mode mode) {
        return ClassName.get("", mode.suffix());
    }

    static TypeSpec emit(NetworkPlan network, Mode mode) {
        Map<RegionPlan, PredictionSlots> slots = PredictionSlots.of(network);
        RegionPlan root = network.root();
        TypeSpec.Builder type = TypeSpec.classBuilder(name(mode))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .superclass(mode.isRandom() ? Types.SAMPLING_PASS : Types.PREDICTION_PASS)
                .addJavadoc(
                        mode.isRandom()
                                ? "Predicts with the network, its noise on, batch norm on its running statistics.\n"
                                : "Predicts with the network.\n");
        if (mode.isRandom()) {
            DropPathFields.add(type, network.training());
        }
        PredictionEmitter parts = new PredictionEmitter(new Scope(network, root), mode, slots, type);
        type.addField(float[].class, "input", Modifier.PRIVATE);
        parts.construction.add(
                CodeBlock.builder().addStatement("input = buffers[0]").build());
        parts.emitParts();
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                .addParameter(float[].class, "values")
                .addParameter(int.class, "maxBatch");
        if (mode.isRandom()) {
            constructor.addParameter(long.class, "seed");
        }
        type.addMethod(constructor
                .addStatement(
                        "super(values, maxBatch, $L, $L, $L, $L" + (mode.isRandom() ? ", seed)" : ")"),
                        root.input().width(),
                        root.output().width(),
                        parts.slots.count() + 1,
                        root.widest())
                .addStatement("allocate()")
                .addStatement("refresh()")
                .build());
        parts.lists();
        type.addMethod(MethodSpec.methodBuilder("forward")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .addParameter(int.class, "rows")
                .returns(float[].class)
                .addStatement("run(rows)")
                .addStatement("return $L", root.output().name())
                .build());
        for (RegionPlan callee : network.regions()) {
            type.addType(region(new Scope(network, callee), mode, slots));
        }
        VectorFields.add(type);
        return type.build();
    }

    private static ClassName className(RegionPlan region, Mode mode) {
        return ClassName.get("", region.name() + mode.suffix());
    }

    private static TypeSpec region(Scope scope, Mode mode, Map<RegionPlan, PredictionSlots> slots) {
        RegionPlan region = scope.region();
        TypeSpec.Builder type = TypeSpec.classBuilder(className(region, mode))
                .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc(
                        "Predicts with {@code $L}, {$L} → {$L}: one run of it.\n",
                        region.name(),
                        region.input().width(),
                        region.output().width());
        PredictionEmitter parts = new PredictionEmitter(scope, mode, slots, type);
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder();
        for (Map.Entry<String, TypeName> parameter : parts.parameters().entrySet()) {
            constructor.addParameter(parameter.getValue(), parameter.getKey());
            type.addField(parameter.getValue(), parameter.getKey(), Modifier.PRIVATE, Modifier.FINAL);
            constructor.addStatement("this.$L = $L", parameter.getKey(), parameter.getKey());
        }
        type.addField(float[].class, "output", Modifier.PRIVATE, Modifier.FINAL);
        parts.emitParts();
        constructor.addStatement("allocate()");
        constructor.addStatement("output = $L", region.output().name());
        type.addMethod(constructor.build());
        parts.lists();
        return type.build();
    }

    /** What a region's constructor takes; only what it has a use for. */
    private Map<String, TypeName> parameters() {
        Map<String, TypeName> parameters = new LinkedHashMap<>();
        parameters.put("input", ArrayTypeName.of(float.class));
        for (Section section : Section.values()) {
            if (region.size(section) > 0) {
                parameters.put(Scope.section(section), TypeName.INT);
            }
        }
        if (mode.isRandom() && region.streams() > 0) {
            parameters.put("stream", TypeName.INT);
        }
        if (slots.count() > 0) {
            parameters.put("firstBuffer", TypeName.INT);
        }
        parameters.put("outputBuffer", TypeName.INT);
        return parameters;
    }

    private void lists() {
        Calls.methods(
                        MethodSpec.methodBuilder("allocate")
                                .addModifiers(Modifier.PRIVATE)
                                .build(),
                        "",
                        construction)
                .forEach(type::addMethod);
        Calls.methods(
                        MethodSpec.methodBuilder("run")
                                .addModifiers(Modifier.PRIVATE)
                                .addParameter(int.class, "rows")
                                .build(),
                        "rows",
                        forward)
                .forEach(type::addMethod);
        if (region.isRoot() || refreshes(region)) {
            hook("refresh", Modifier.PUBLIC, refresh);
        }
        if (draws(region)) {
            hook("drawWeights", Modifier.PROTECTED, draws);
        }
    }

    /** A method that the network's own class overrides, and that it calls in its regions. */
    private void hook(String name, Modifier access, List<CodeBlock> statements) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(name).addModifiers(region.isRoot() ? access : Modifier.PRIVATE);
        if (region.isRoot()) {
            method.addAnnotation(Override.class);
        }
        Calls.methods(method.build(), "", statements).forEach(type::addMethod);
    }

    private void emitParts() {
        for (Item item : region.items()) {
            switch (item) {
                case Item.Segment segment -> segment(segment);
                case Item.Call call -> call(call);
            }
        }
    }

    private void segment(Item.Segment segment) {
        CodeBlock.Builder allocation = CodeBlock.builder();
        for (Value value : values(segment)) {
            type.addField(float[].class, value.name(), Modifier.PRIVATE);
            allocation.addStatement("$L = buffers[$L]", value.name(), buffer(slots.slot(value)));
        }
        if (mode.isRandom()) {
            segment.product().ifPresent(product -> dropConnect(product, allocation));
        }
        for (Step step : segment.steps()) {
            if (step instanceof Step.BatchNorm norm) {
                batchNorm(norm, allocation);
            }
            if (mode.isRandom()) {
                NoiseBuffers.fields(step).forEach(type::addField);
                allocation.add(NoiseBuffers.allocation(step, "rowsAtATime"));
            }
        }
        CodeBlock body = allocation.build();
        if (!body.isEmpty()) {
            type.addMethod(MethodSpec.methodBuilder(SegmentNames.buffers(segment))
                    .addModifiers(Modifier.PRIVATE)
                    .addCode(body)
                    .build());
            construction.add(CodeBlock.builder()
                    .addStatement("$L()", SegmentNames.buffers(segment))
                    .build());
        }
        for (MethodSpec method : ForwardEmitter.methods(scope, mode, segment)) {
            type.addMethod(method);
            forward.add(
                    CodeBlock.builder().addStatement("$L(rows)", method.name).build());
        }
    }

    /** The part of a weight that a sample takes. */
    private void dropConnect(Product product, CodeBlock.Builder allocation) {
        product.dropConnect().ifPresent(drop -> {
            String masked = ProductEmitter.maskedName(product);
            type.addField(Types.MASKED_WEIGHT, masked, Modifier.PRIVATE);
            allocation.addStatement(
                    "$L = new $T($L, $L, $L, false)",
                    masked,
                    Types.MASKED_WEIGHT,
                    product.in(),
                    product.out(),
                    drop.threshold());
            draws.add(CodeBlock.builder()
                    .addStatement(
                            "$L.draw(values, $L, seed, $L, drawStep(), 0, $L)",
                            masked,
                            scope.place(product.weight()),
                            scope.stream(drop.stream()),
                            product.in())
                    .build());
        });
    }

    private static Set<Value> values(Item.Segment segment) {
        Set<Value> values = new LinkedHashSet<>();
        segment.product().ifPresent(product -> values.add(product.result()));
        segment.projections().forEach(product -> values.add(product.result()));
        for (Step step : segment.steps()) {
            if (step instanceof Step.Keep keep) {
                values.add(keep.value());
            } else if (step instanceof Step.Softmax softmax) {
                values.add(softmax.result());
            }
        }
        return values;
    }

    /** In prediction batch norm is one scale and one shift of each column. */
    private void batchNorm(Step.BatchNorm norm, CodeBlock.Builder allocation) {
        for (String column : new String[] {"Scale", "Shift"}) {
            type.addField(float[].class, norm.name() + column, Modifier.PRIVATE);
            allocation.addStatement(
                    "$L = new float[$L]", norm.name() + column, norm.source().stride());
        }
        refresh.add(CodeBlock.builder()
                .addStatement(
                        "$T.fold(\nvalues, $L, $L, $L, $L, $L, $Lf, $LScale, $LShift)",
                        Types.BATCH_NORMALIZATION,
                        scope.place(norm.scale()),
                        scope.place(norm.shift()),
                        scope.place(norm.runningMean()),
                        scope.place(norm.runningVariance()),
                        norm.source().width(),
                        norm.epsilon(),
                        norm.name(),
                        norm.name())
                .build());
    }

    /** The network's own first buffer holds its input. */
    private String buffer(int slot) {
        if (slot == PredictionSlots.OUTPUT) {
            return "outputBuffer";
        }
        return region.isRoot() ? String.valueOf(slot + 1) : Scope.plus("firstBuffer", slot);
    }

    private void call(Item.Call call) {
        ClassName callee = className(call.callee(), mode);
        boolean many = call.times() > 1;
        String field = call.name() + (many ? "Runs" : "Run");
        type.addField(many ? ArrayTypeName.of(callee) : callee, field, Modifier.PRIVATE);
        type.addField(float[].class, call.output().name(), Modifier.PRIVATE);
        MethodSpec.Builder make =
                MethodSpec.methodBuilder(call.name() + "Buffers").addModifiers(Modifier.PRIVATE);
        String output = buffer(slots.slot(call.output()));
        if (many) {
            make.addStatement("$L = new $T[$L]", field, callee, call.times());
            make.addStatement("float[] next = $L", call.source().name());
            make.beginControlFlow("for (int i = 0; i < $L; i++)", call.times());
            make.addStatement(
                    "$L[i] = new $T($L)", field, callee, arguments(call, "next", "i", alternating(call, output)));
            make.addStatement("next = $L[i].output", field);
            make.endControlFlow();
            make.addStatement("$L = next", call.output().name());
            forward.add(each(field, "run(rows)"));
            if (refreshes(call.callee())) {
                refresh.add(each(field, "refresh()"));
            }
            if (draws(call.callee())) {
                draws.add(each(field, "drawWeights()"));
            }
        } else {
            make.addStatement(
                    "$L = new $T($L)",
                    field,
                    callee,
                    arguments(call, call.source().name(), "", output));
            make.addStatement("$L = $L.output", call.output().name(), field);
            forward.add(CodeBlock.builder().addStatement("$L.run(rows)", field).build());
            if (refreshes(call.callee())) {
                refresh.add(
                        CodeBlock.builder().addStatement("$L.refresh()", field).build());
            }
            if (draws(call.callee())) {
                draws.add(CodeBlock.builder()
                        .addStatement("$L.drawWeights()", field)
                        .build());
            }
        }
        type.addMethod(make.build());
        construction.add(
                CodeBlock.builder().addStatement("$LBuffers()", call.name()).build());
    }

    /** A run cannot write where it reads, which is where the one before wrote; the last one writes to the output. */
    private String alternating(Item.Call call, String output) {
        return "i % 2 == " + (call.times() - 1) % 2 + " ? " + output + " : " + buffer(slots.alternate(call));
    }

    private static CodeBlock each(String field, String invocation) {
        return CodeBlock.builder()
                .beginControlFlow("for (var run : $L)", field)
                .addStatement("run.$L", invocation)
                .endControlFlow()
                .build();
    }

    private boolean draws(RegionPlan plan) {
        return mode.isRandom() && plan.dropConnect();
    }

    private static boolean refreshes(RegionPlan plan) {
        return plan.batchNorm();
    }

    private String arguments(Item.Call call, String input, String iteration, String outputBuffer) {
        List<String> arguments = new ArrayList<>();
        arguments.add(input);
        for (Section section : Section.values()) {
            int size = call.callee().size(section);
            if (size > 0) {
                arguments.add(TrainingEmitter.sum(
                        scope.place(section, call.offsets().get(section.ordinal())),
                        TrainingEmitter.times(iteration, size)));
            }
        }
        int streams = call.callee().streams();
        if (mode.isRandom() && streams > 0) {
            arguments.add(TrainingEmitter.sum(scope.stream(call.stream()), TrainingEmitter.times(iteration, streams)));
        }
        if (slotsOf(call.callee()).count() > 0) {
            arguments.add(buffer(slots.base(call)));
        }
        arguments.add(outputBuffer);
        return String.join(", ", arguments);
    }
}
