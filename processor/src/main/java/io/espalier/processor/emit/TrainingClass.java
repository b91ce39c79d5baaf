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
import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.NetworkProgram;
import io.espalier.processor.ir.Part;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/** Writes the class that trains the network, and within it those of the regions it runs. */
final class TrainingClass extends RegionClass {
    static final ClassName NAME = ClassName.get("", Mode.TRAINING.suffix());

    private static final String BUILDER = "step";

    private final PhaseMethods phases;
    private final TileUse tileUse;

    private TrainingClass(References references, TypeSpec.Builder type) {
        super(references, references.region().code(Mode.TRAINING), type, BUILDER);
        this.phases = new PhaseMethods(type);
        this.tileUse = new TileUse(references.network());
    }

    /** The class of the network itself. */
    static TypeSpec emit(NetworkProgram network) {
        TypeSpec.Builder type = TypeSpec.classBuilder(NAME)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addSuperinterface(Types.PHASE_CODE)
                .addJavadoc("Trains the network.\n");
        new TrainingClass(new References(network, network.root()), type).root();
        for (RegionProgram region : network.regions()) {
            type.addType(new TrainingClass(new References(network, region), regionType(region)).region());
        }
        return type.build();
    }

    private static TypeSpec.Builder regionType(RegionProgram region) {
        return TypeSpec.classBuilder(name(region, Mode.TRAINING))
                .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
                .addJavadoc(
                        "Trains {@code $L}, {@code $L} → {@code $L}: one run of it.\n",
                        region.name(),
                        region.inputShape(),
                        region.outputShape());
    }

    private void root() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addParameter(Types.STEP_BUILDER, BUILDER);
        given(constructor);
        members();
        constructor.addStatement("allocate($L)", BUILDER);
        constructor.addStatement("$L.outputs($L)", BUILDER, array(code.output()));
        code.outputGradient().map(memory::storage).ifPresent(storage -> {
            if (TileUse.isInTile(memory, storage)) {
                constructor.addStatement("$L.outputGradientTiles(tiles[$L])", BUILDER, storage.number());
            } else {
                constructor.addStatement("$L.outputGradients($L)", BUILDER, references.array(memory, storage));
            }
        });
        phaseList(constructor);
        type.addMethod(constructor.build());
    }

    private TypeSpec region() {
        type.addMethod(constructor().build());
        members();
        if (code.synchronizes()) {
            type.addSuperinterface(Types.PHASE_CODE);
            pass("forwardPhases", code.forward(), false);
            pass("backwardPhases", code.backward(), true);
            phases.dispatch();
        } else {
            rows("forward", code.forward());
            if (!code.backward().isEmpty()) {
                rows("backward", code.backward());
            }
        }
        return type.build();
    }

    /** Fields and methods of all parts, and what is registered with the builder. */
    private void members() {
        rates();
        preparedWeights();
        arrays();
        reductions();
        allocate();
        routines(code.forward(), "Forward");
        routines(code.backward(), "Backward");
    }

    private void phaseList(MethodSpec.Builder constructor) {
        if (pass("forwardPhases", code.forward(), false)) {
            constructor.addStatement("forwardPhases($L)", BUILDER);
        }
        if (pass("backwardPhases", code.backward(), true)) {
            constructor.addStatement("backwardPhases($L)", BUILDER);
        }
        phases.dispatch();
    }

    // Weights.

    /** Weights of which a part is dropped, and transposes: both follow the parameters. */
    private void preparedWeights() {
        Map<String, Weight> transposed = new LinkedHashMap<>();
        for (Kernel kernel : kernels()) {
            if (kernel instanceof Kernel.Contraction product && product.backward()) {
                transposed.put(Weights.transposed(product.weight()), product.weight());
            }
        }
        for (Kernel kernel : code.preparation()) {
            if (kernel instanceof Kernel.DrawWeight drawn) {
                masked(drawn.weight(), transposed.containsKey(Weights.transposed(drawn.weight())));
            }
        }
        transposed.forEach((name, weight) -> {
            field(ArrayTypeName.of(float.class), name);
            allocation.add(
                    weight.mask().isPresent()
                            ? statement("$L = $L.transposed()", name, Weights.masked(weight))
                            : statement(
                                    "$L = $L.transposedWeight($L, $L, $L)",
                                    name,
                                    BUILDER,
                                    references.offset(weight),
                                    weight.in(),
                                    weight.out()));
        });
    }

    private void masked(Weight weight, boolean withTranspose) {
        weight.mask().ifPresent(mask -> {
            String name = Weights.masked(weight);
            type.addField(FieldSpec.builder(Types.MASKED_WEIGHT, name, Modifier.PRIVATE)
                    .addJavadoc("The part of the weight that drop connect takes in this step.\n")
                    .build());
            allocation.add(statement(
                    "$L = $L.maskedWeight($L, $L, $L, $L, $L, $L)",
                    name,
                    BUILDER,
                    references.offset(weight),
                    weight.in(),
                    weight.out(),
                    mask.rate().name(),
                    references.stream(mask.stream()),
                    withTranspose));
        });
    }

    private void reductions() {
        for (Kernel.BatchReduction reduction : code.reductions()) {
            allocation.add(
                    switch (reduction) {
                        case Kernel.WeightGradient gradient -> weightGradient(gradient);
                        case Kernel.ColumnGradient gradient
                        when gradient.total() ->
                            statement(
                                    "$L.summedGradient($L, $L, $L, $L)",
                                    BUILDER,
                                    array(gradient.sums()),
                                    gradient.column(),
                                    gradient.parameter().count(),
                                    references.offset(gradient.parameter()));
                        case Kernel.ColumnGradient gradient ->
                            statement(
                                    "$L.columnGradient($L, $L, $L, $L, $L, $L)",
                                    BUILDER,
                                    gradient.sums().layout().positions(),
                                    array(gradient.sums()),
                                    gradient.column(),
                                    gradient.sums().layout().stride(),
                                    gradient.parameter().count(),
                                    references.offset(gradient.parameter()));
                    });
        }
    }

    private CodeBlock weightGradient(Kernel.WeightGradient gradient) {
        Weight weight = gradient.weight();
        boolean masked = weight.mask().isPresent();
        return statement(
                "$L.$L(\n$L,\n$L, $L, $L,\n$L, $L, $L,\n$L, $L$L)",
                BUILDER,
                masked ? "maskedGradient" : "weightGradient",
                gradient.source().layout().positions(),
                array(gradient.source()),
                gradient.source().layout().stride(),
                weight.in(),
                array(gradient.gradient()),
                gradient.gradient().layout().stride(),
                weight.out(),
                references.offset(weight),
                gradient.bias().map(references::offset).orElse("-1"),
                masked ? ", " + Weights.masked(weight) : "");
    }

    // Phases.

    private void routines(List<Phase> pass, String direction) {
        for (Phase phase : pass) {
            if (phase instanceof Phase.Examples examples) {
                for (Part part : examples.parts()) {
                    if (part instanceof Part.Routine routine && !RoutineContext.isEmpty(memory, routine)) {
                        type.addMethod(RoutineWriter.write(references, code, routine, direction));
                    }
                }
            }
        }
    }

    /** A method that runs a pass, of which all parts are independent of other rows. */
    private void rows(String name, List<Phase> pass) {
        List<CodeBlock> statements = new ArrayList<>();
        for (Phase phase : pass) {
            statements.addAll(parts((Phase.Examples) phase));
        }
        boolean inTiles = tileUse.of(code, pass);
        Statements.methods(PhaseMethods.examples(name, inTiles), TileUse.arguments(inTiles), statements)
                .forEach(type::addMethod);
    }

    private List<CodeBlock> parts(Phase.Examples examples) {
        List<CodeBlock> statements = new ArrayList<>();
        for (Part part : examples.parts()) {
            if (part instanceof Part.Routine routine && RoutineContext.isEmpty(memory, routine)) {
                continue;
            }
            statements.add(
                    switch (part) {
                        case Part.Routine routine -> RoutineWriter.call(references, code, routine);
                        case Part.Inline inline ->
                            eachRun(
                                    inline.call().run(),
                                    (inline.call().backward() ? "backward(" : "forward(")
                                            + TileUse.arguments(tileUse.of(code, inline)) + ")",
                                    inline.call().backward());
                    });
        }
        return statements;
    }

    /** A method that adds the phases of a pass to the step's, if there are any. */
    private boolean pass(String name, List<Phase> pass, boolean backward) {
        String direction = backward ? "backward" : "forward";
        List<CodeBlock> statements = new ArrayList<>();
        for (Phase phase : pass) {
            switch (phase) {
                case Phase.Examples examples -> {
                    List<CodeBlock> parts = parts(examples);
                    if (!parts.isEmpty()) {
                        statements.add(statement(
                                "$L.$LExamples(this, $L)",
                                BUILDER,
                                direction,
                                phases.rows(direction, tileUse.of(code, List.of(phase)), parts)));
                    }
                }
                case Phase.Batch batch ->
                    statements.add(statement("$L.$LBatch(this, $L)", BUILDER, direction, phases.batch(batch(batch))));
                case Phase.Wide wide -> statements.add(wide(wide.contraction(), direction));
                case Phase.Nested nested ->
                    statements.add(eachRun(nested.call().run(), direction + "Phases(" + BUILDER + ")", backward));
            }
        }
        if (!statements.isEmpty()) {
            MethodSpec method = MethodSpec.methodBuilder(name)
                    .addModifiers(Modifier.PRIVATE)
                    .addParameter(Types.STEP_BUILDER, BUILDER)
                    .build();
            Statements.methods(method, BUILDER, statements).forEach(type::addMethod);
        }
        return !statements.isEmpty();
    }

    private MethodSpec batch(Phase.Batch batch) {
        RoutineContext context = new RoutineContext(references, code);
        CodeBlock call = LibraryCalls.write(context, batch.call(), "0", "rows");
        return MethodSpec.methodBuilder(phases.unique(batch.name() + "OfBatch"))
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("What all rows of the batch come to.\n")
                .addParameter(int.class, "rows")
                .addCode(context.arrayLines())
                .addCode(call)
                .build();
    }

    private CodeBlock wide(Kernel.Contraction product, String direction) {
        Weight weight = product.weight();
        return statement(
                "$L.$LWide(\n$L,\n$L, $L, $L,\n$L, $L,\n$L, $L)",
                BUILDER,
                direction,
                product.source().layout().positions(),
                array(product.source()),
                product.source().layout().stride(),
                product.backward() ? weight.out() : weight.in(),
                Weights.array(references, code, product),
                product.backward() ? weight.in() : weight.out(),
                array(product.result()),
                product.result().layout().stride());
    }

    // Where the modes differ.

    @Override
    ClassName builderType() {
        return Types.STEP_BUILDER;
    }

    @Override
    void furtherParameters(Map<String, TypeName> parameters) {
        if (code.inputGradient().isPresent() && !code.backward().isEmpty()) {
            parameters.put("gradient", TypeName.INT);
        }
        if (!memory.shared().isEmpty()) {
            parameters.put("firstShared", TypeName.INT);
        }
        if (!memory.tiles().isEmpty()) {
            parameters.put("firstTile", TypeName.INT);
        }
    }

    @Override
    List<String> furtherArguments(Kernel.Call call, String iteration) {
        List<String> arguments = new ArrayList<>();
        Code callee = call.run().callee().code(Mode.TRAINING);
        Memory taken = references.network().memory(callee);
        Memory.OfRun numbers = Objects.requireNonNull(memory.runs().get(call.run()));
        if (callee.inputGradient().isPresent() && !callee.backward().isEmpty()) {
            arguments.add(gradient(call));
        }
        if (!taken.shared().isEmpty()) {
            arguments.add(references.numbered("firstShared", numbers.shared()));
        }
        if (!taken.tiles().isEmpty()) {
            arguments.add(references.numbered("firstTile", numbers.tile()));
        }
        return arguments;
    }

    /** The number of the array in which a run takes the gradient of what it gave, and gives that of what it took. */
    private String gradient(Kernel.Call forward) {
        for (Kernel kernel : kernels()) {
            if (kernel instanceof Kernel.Call call && call.backward() && call.run() == forward.run()) {
                Storage storage = memory.storage(call.source());
                return switch (storage.kind()) {
                    case GRADIENT -> "gradient";
                    case TILE -> references.numbered("firstTile", storage.number());
                    case SHARED -> references.numbered("firstShared", storage.number());
                    case INPUT, OWN, OUTPUT, RUN ->
                        throw new IllegalStateException(call + " takes a gradient that others cannot find");
                };
            }
        }
        throw new IllegalStateException(forward + " is not run backward");
    }
}
