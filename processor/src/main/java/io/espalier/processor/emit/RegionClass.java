package io.espalier.processor.emit;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Rate;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Run;
import io.espalier.processor.ir.Section;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.TrainingRule;
import io.espalier.processor.ir.Value;
import io.espalier.processor.ir.Weight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * What the emitted classes of all modes have in common: fields for arrays, rates and runs, and how they are made; an object of a
 * region's class for each run. Where the modes differ, a subclass says how.
 */
abstract class RegionClass {
    private static final TypeName SHARED = ArrayTypeName.of(ArrayTypeName.of(float.class));
    private static final TypeName TILES = ArrayTypeName.of(SHARED);

    final References references;
    final RegionProgram region;
    final Code code;
    final Memory memory;
    final TypeSpec.Builder type;
    final List<CodeBlock> allocation = new ArrayList<>();
    private final List<FieldSpec.Builder> made = new ArrayList<>();

    /** What the constructor's parameter is called that gives the arrays. */
    private final String builder;

    RegionClass(References references, Code code, TypeSpec.Builder type, String builder) {
        this.references = references;
        this.region = references.region();
        this.code = code;
        this.memory = references.network().memory(code);
        this.type = type;
        this.builder = builder;
    }

    /** The class of a region's code. */
    static ClassName name(RegionProgram region, Mode mode) {
        return ClassName.get("", region.name() + mode.suffix());
    }

    static CodeBlock statement(String format, Object... arguments) {
        return CodeBlock.builder().addStatement(format, arguments).build();
    }

    /** A field that is given its value when the class is made. */
    final FieldSpec.Builder field(TypeName ofType, String name) {
        FieldSpec.Builder field = FieldSpec.builder(ofType, name, Modifier.PRIVATE);
        made.add(field);
        return field;
    }

    private void kept(TypeName ofType, String name) {
        type.addField(ofType, name, Modifier.PRIVATE, Modifier.FINAL);
    }

    /** What the class of the network takes from its builder for all regions, and the constants of loops. */
    private void given(MethodSpec.Builder constructor) {
        Set<String> used = GivenUse.ofAll(references.network(), code.mode());
        if (used.contains("values")) {
            given(constructor, ArrayTypeName.of(float.class), "values", "values()");
        }
        if (used.contains("state")) {
            given(constructor, Types.STEP_STATE, "state", "state()");
        }
        Layout input = code.input().layout();
        given(
                constructor,
                ArrayTypeName.of(float.class),
                "inputs",
                "inputs(" + Arguments.named("positions", input.positions()) + ", "
                        + Arguments.named("stride", input.stride()) + ")");
        if (!memory.shared().isEmpty()) {
            given(constructor, SHARED, "shared", "shared(" + strides(memory.shared()) + ")");
        }
        if (!memory.tiles().isEmpty()) {
            given(constructor, TILES, "tiles", "tiles(" + strides(memory.tiles()) + ")");
        }
    }

    private static String strides(List<Integer> strides) {
        return strides.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** What holds a value, where no method has a variable for it. */
    final String array(Value value) {
        return references.array(memory, memory.storage(value));
    }

    private void given(MethodSpec.Builder constructor, TypeName ofType, String name, String method) {
        kept(ofType, name);
        constructor.addStatement("$L = $L.$L", name, builder, method);
    }

    // Rates and strengths.

    final void rates() {
        Set<String> declared = new HashSet<>();
        Stream.concat(code.preparation().stream(), code.kernels().stream()).forEach(kernel -> {
            switch (kernel) {
                case Kernel.DrawMask mask -> rate(mask.rate(), declared);
                case Kernel.DrawWeight weight -> weight.weight().mask().ifPresent(mask -> rate(mask.rate(), declared));
                case Kernel.DrawNormal normal -> {
                    String name = memory.storage(normal.draws()).name() + "Deviation";
                    field(Types.STRENGTH, name);
                    allocation.add(statement("$L = $L.strength($L)", name, builder, normal.deviation()));
                }
                default -> {}
            }
        });
    }

    private void rate(Rate rate, Set<String> declared) {
        if (!declared.add(rate.name())) {
            return;
        }
        field(Types.RATE, rate.name());
        allocation.add(
                switch (rate.definition()) {
                    case Rate.Definition.Constant constant
                    when constant.ramped() ->
                        statement("$L = $L.rate($L, $T.PROGRESS)", rate.name(), builder, constant.p(), Types.RAMP);
                    case Rate.Definition.Constant constant ->
                        statement("$L = $L.rate($L)", rate.name(), builder, constant.p());
                    case Rate.Definition.Branch branch -> {
                        TrainingRule.DropPaths rule =
                                references.network().training().dropPaths().get(branch.rule());
                        yield statement(
                                "$L = $L.branchRate($L, $L, $L, $L)",
                                rate.name(),
                                builder,
                                Arguments.named("p", rule.p()),
                                Arguments.named("linear", rule.linear()),
                                Arguments.named("branch", references.branch(branch.rule(), branch.branch())),
                                Arguments.named("branches", rule.branches()));
                    }
                });
    }

    // Arrays.

    final void arrays() {
        Set<Integer> own = new HashSet<>();
        memory.storage().forEach((value, storage) -> {
            boolean isFirst = storage.kind() == Storage.Kind.OWN && own.add(storage.number());
            if (isFirst) {
                own(storage, value);
            }
        });
        for (Kernel kernel : code.kernels()) {
            if (kernel instanceof Kernel.Call call && !call.backward()) {
                run(call);
            }
        }
    }

    /** A part of a weight that drop connect takes. */
    final void masked(Weight weight, boolean withTranspose) {
        weight.mask().ifPresent(mask -> {
            String name = Weights.masked(weight);
            field(Types.MASKED_WEIGHT, name).addJavadoc("The part of the weight that drop connect takes.\n");
            allocation.add(statement(
                    "$L = $L.maskedWeight($L, $L, $L, $L, $L, $L)",
                    name,
                    builder,
                    references.offset(weight),
                    Arguments.named("in", weight.in()),
                    Arguments.named("out", weight.out()),
                    mask.rate().name(),
                    Arguments.named("stream", references.stream(mask.stream())),
                    Arguments.named("withTranspose", withTranspose)));
        });
    }

    private void own(Storage storage, Value value) {
        Layout layout = value.layout();
        String name = storage.name();
        switch (value.kind()) {
            case MASK -> {
                field(ArrayTypeName.of(long.class), name);
                allocation.add(statement("$L = $L.mask($L)", name, builder, layout.stride()));
            }
            case DRAWS -> {
                field(ArrayTypeName.of(float.class), name);
                allocation.add(statement("$L = $L.draws($L)", name, builder, layout.stride()));
            }
            default -> {
                field(ArrayTypeName.of(float.class), name);
                allocation.add(
                        switch (layout.per()) {
                            case BATCH -> statement("$L = new float[$L]", name, layout.stride());
                            case SLICE ->
                                statement(
                                        "$L = $L.sliceBuffer($L, $L)",
                                        name,
                                        builder,
                                        Arguments.named("positions", layout.positions()),
                                        Arguments.named("columns", layout.stride()));
                            case EXAMPLE -> statement("$L = $L.rows($L)", name, builder, storage.stride());
                        });
            }
        }
    }

    // Runs of other regions.

    static String field(Run run) {
        return run.name() + (run.times() > 1 ? "Runs" : "Run");
    }

    private void run(Kernel.Call call) {
        Run run = call.run();
        ClassName callee = name(run.callee(), code.mode());
        boolean many = run.times() > 1;
        field(many ? ArrayTypeName.of(callee) : callee, field(run));
        Storage output = memory.storage(call.result());
        boolean handedBack = output.kind() == Storage.Kind.RUN;
        if (handedBack) {
            field(ArrayTypeName.of(float.class), output.name());
        }
        String source = array(call.source());
        if (many) {
            String next = run.name() + "Input";
            String result = run.name() + "Result";
            Optional<String> given = resultOf(call);
            CodeBlock.Builder make = CodeBlock.builder()
                    .addStatement("float[] $L = $L", next, source)
                    .beginControlFlow("for (int i = 0; i < $L; i++)", run.times());
            given.ifPresent(array -> make.addStatement("float[] $L = $L", result, array));
            make.addStatement(
                            "$L[i] = new $T(\n$L)",
                            field(run),
                            callee,
                            arguments(call, next, "i", given.map(array -> result)))
                    .addStatement("$L = $L", next, given.isPresent() ? result : field(run) + "[i].output")
                    .endControlFlow();
            allocation.add(statement("$L = new $T[$L]", field(run), callee, run.times()));
            allocation.add(make.build());
            if (handedBack) {
                allocation.add(statement("$L = $L[$L].output", output.name(), field(run), run.times() - 1));
            }
        } else {
            allocation.add(
                    statement("$L = new $T(\n$L)", field(run), callee, arguments(call, source, "", resultOf(call))));
            if (handedBack) {
                allocation.add(statement("$L = $L.output", output.name(), field(run)));
            }
        }
    }

    abstract ClassName builderType();

    /** What a region's constructor takes; only what it has a use for. */
    final Map<String, TypeName> parameters() {
        Map<String, TypeName> parameters = new LinkedHashMap<>();
        if (references.uses().builder(code)) {
            parameters.put(builder, builderType());
        }
        parameters.put("input", ArrayTypeName.of(float.class));
        for (Section section : Section.values()) {
            if (region.size(section) > 0) {
                parameters.put(References.section(section), TypeName.INT);
            }
        }
        if (code.mode().isRandom()) {
            if (region.streams() > 0) {
                parameters.put("stream", TypeName.INT);
            }
            for (int rule = 0; rule < region.branches().size(); rule++) {
                if (region.branches().get(rule) > 0) {
                    parameters.put(References.branches(rule), TypeName.INT);
                }
            }
        }
        furtherParameters(parameters);
        return parameters;
    }

    abstract void furtherParameters(Map<String, TypeName> parameters);

    private String arguments(Kernel.Call call, String input, String iteration, Optional<String> result) {
        Run run = call.run();
        RegionProgram callee = run.callee();
        List<String> arguments = new ArrayList<>();
        if (references.uses().builder(callee.code(code.mode()))) {
            arguments.add(builder);
        }
        arguments.add(input);
        for (Section section : Section.values()) {
            int size = callee.size(section);
            if (size > 0) {
                arguments.add(Arguments.named(
                        References.section(section),
                        References.sum(
                                references.offset(section, run.offsets().get(section.ordinal())),
                                References.times(iteration, size))));
            }
        }
        if (code.mode().isRandom()) {
            if (callee.streams() > 0) {
                arguments.add(Arguments.named(
                        "stream",
                        References.sum(
                                references.stream(run.stream()), References.times(iteration, callee.streams()))));
            }
            for (int rule = 0; rule < callee.branches().size(); rule++) {
                int branches = callee.branches().get(rule);
                if (branches > 0) {
                    arguments.add(Arguments.named(
                            References.branches(rule),
                            References.sum(
                                    references.branch(rule, run.branches().get(rule)),
                                    References.times(iteration, branches))));
                }
            }
        }
        result.ifPresent(arguments::add);
        arguments.addAll(furtherArguments(call));
        return String.join(",\n", arguments);
    }

    abstract List<String> furtherArguments(Kernel.Call call);

    /** The array that a run is given for what leaves it, if it is given one; of several runs, that of run {@code i}. */
    abstract Optional<String> resultOf(Kernel.Call call);

    /** The constructor: it keeps what it is given, and makes what was said to be made. */
    final MethodSpec.Builder constructor() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder();
        if (region.isRoot()) {
            constructor.addParameter(builderType(), builder);
            given(constructor);
            allocate(constructor);
            return constructor;
        }
        // What only the constructor looks at needs no field, unless it leaves that to further methods.
        Set<String> used = allocation.size() <= Statements.MOST
                ? GivenUse.of(code, memory)
                : parameters().keySet();
        for (Map.Entry<String, TypeName> parameter : parameters().entrySet()) {
            constructor.addParameter(parameter.getValue(), parameter.getKey());
            if (!parameter.getKey().equals(builder) && used.contains(parameter.getKey())) {
                kept(parameter.getValue(), parameter.getKey());
                constructor.addStatement("this.$L = $L", parameter.getKey(), parameter.getKey());
            }
        }
        boolean given = parameters().containsKey("output");
        if (!given) {
            type.addField(FieldSpec.builder(float[].class, "output", Modifier.PRIVATE, Modifier.FINAL)
                    .addJavadoc("What the region gives, a row for each example.\n")
                    .build());
        }
        allocate(constructor);
        if (!given) {
            constructor.addStatement("output = $L", array(code.output()));
        }
        return constructor;
    }

    /** Makes arrays, rates and runs: in the constructor, in an order that the compiler checks, unless they are too many. */
    private void allocate(MethodSpec.Builder constructor) {
        boolean few = allocation.size() <= Statements.MOST;
        for (FieldSpec.Builder field : made) {
            type.addField(few ? field.addModifiers(Modifier.FINAL).build() : field.build());
        }
        if (few) {
            allocation.forEach(constructor::addCode);
            return;
        }
        // A builder may have nothing to do with it: sums of columns are plain arrays.
        String given = references.uses().builder(code) ? builder : "";
        MethodSpec.Builder method = MethodSpec.methodBuilder("allocate").addModifiers(Modifier.PRIVATE);
        if (!given.isEmpty()) {
            method.addParameter(builderType(), builder);
        }
        Statements.methods(method.build(), given, allocation).forEach(type::addMethod);
        constructor.addStatement("allocate($L)", given);
    }

    /** Does the same with each run, the last one first if {@code reverse} says so. */
    static CodeBlock eachRun(Run run, String invocation, boolean reverse) {
        if (run.times() == 1) {
            return statement("$L.$L", field(run), invocation);
        }
        CodeBlock.Builder each = CodeBlock.builder();
        if (reverse) {
            each.beginControlFlow("for (int i = $L; i >= 0; i--)", run.times() - 1);
            each.addStatement("$L[i].$L", field(run), invocation);
        } else {
            each.beginControlFlow("for (var run : $L)", field(run));
            each.addStatement("run.$L", invocation);
        }
        return each.endControlFlow().build();
    }
}
