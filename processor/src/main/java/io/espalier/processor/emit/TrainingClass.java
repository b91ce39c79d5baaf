package io.espalier.processor.emit;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.Part;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import io.espalier.processor.ir.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Writes the class that trains the network, and within it those of the regions it runs. */
final class TrainingClass extends RegionClass {
    static final ClassName NAME = ClassName.get("", Mode.TRAINING.suffix());

    static final String BUILDER = "step";

    private final PhaseMethods phases;
    private final GradientSums sums;

    private TrainingClass(References references, TypeSpec.Builder type) {
        super(references, references.region().code(Mode.TRAINING), type, BUILDER);
        this.phases = new PhaseMethods(type);
        this.sums = new GradientSums(references, code);
    }

    /** The class of the network itself. */
    static TypeSpec emit(References root) {
        TypeSpec.Builder type = TypeSpec.classBuilder(NAME)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addSuperinterface(Types.PHASE_CODE)
                .addJavadoc("Trains the network.\n");
        new TrainingClass(root, type).root();
        for (RegionProgram region : root.network().regions()) {
            type.addType(new TrainingClass(root.of(region), regionType(region)).region());
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
        made();
        type.addMethod(constructor().build());
        List<CodeBlock> told = new ArrayList<>();
        if (sums.addTo(type)) {
            told.add(GradientSums.call());
        }
        Storage output = memory.storage(code.output());
        if (!array(code.output()).equals(output.name())) {
            told.add(statement("float[] $L = $L", output.name(), array(code.output())));
        }
        told.add(statement("$L.outputs($L)", BUILDER, output.name()));
        code.outputGradient().map(memory::storage).ifPresent(storage -> {
            if (CodeUse.isInTile(memory, storage)) {
                told.add(statement("$L.outputGradientTiles(tiles[$L])", BUILDER, storage.number()));
            } else {
                told.add(statement("$L.outputGradients($L)", BUILDER, references.array(memory, storage)));
            }
        });
        told.addAll(pass(code.forward(), false));
        told.addAll(pass(code.backward(), true));
        MethodSpec register = MethodSpec.methodBuilder("register")
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc("Tells the runtime where outputs and gradients lie, and what to run in which order.\n")
                .addParameter(Types.STEP_BUILDER, BUILDER)
                .build();
        Statements.methods(register, BUILDER, told).forEach(type::addMethod);
        routines(code.forward(), "Forward");
        routines(code.backward(), "Backward");
        phases.dispatch();
    }

    private TypeSpec region() {
        made();
        MethodSpec.Builder constructor = constructor();
        if (sums.addTo(type)) {
            constructor.addCode(GradientSums.call());
        }
        type.addMethod(constructor.build());
        routines(code.forward(), "Forward");
        routines(code.backward(), "Backward");
        if (code.synchronizes()) {
            type.addSuperinterface(Types.PHASE_CODE);
            phaseMethod("forwardPhases", pass(code.forward(), false));
            phaseMethod("backwardPhases", pass(code.backward(), true));
            phases.dispatch();
        } else {
            if (!code.forward().isEmpty()) {
                rows("forward", code.forward());
            }
            if (!code.backward().isEmpty()) {
                rows("backward", code.backward());
            }
        }
        return type.build();
    }

    /** What is made when the class is. */
    private void made() {
        rates();
        preparedWeights();
        arrays();
    }

    private void phaseMethod(String name, List<CodeBlock> statements) {
        MethodSpec method = MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE)
                .addParameter(Types.STEP_BUILDER, BUILDER)
                .build();
        Statements.methods(method, BUILDER, statements).forEach(type::addMethod);
    }

    // Weights.

    /** Weights of which a part is dropped, and transposes: both follow the parameters. */
    private void preparedWeights() {
        Map<String, Weight> transposed = new LinkedHashMap<>();
        for (Kernel kernel : code.kernels()) {
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
                                    Arguments.named("in", weight.in()),
                                    Arguments.named("out", weight.out())));
        });
    }

    // Phases.

    private void routines(List<Phase> pass, String direction) {
        for (Phase phase : pass) {
            if (phase instanceof Phase.Examples examples) {
                for (Part part : examples.parts()) {
                    if (part instanceof Part.Routine routine && !RoutineContext.isEmpty(memory, routine)) {
                        type.addMethod(RoutineWriter.write(references, code, routine, direction, sums.from(routine)));
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
        boolean inTiles = references.uses().tiles(code, pass);
        Statements.methods(PhaseMethods.examples(name, inTiles), CodeUse.arguments(inTiles), statements)
                .forEach(type::addMethod);
    }

    private List<CodeBlock> parts(Phase.Examples examples) {
        List<CodeBlock> statements = new ArrayList<>();
        for (Part part : examples.parts()) {
            if (isEmpty(part)) {
                continue;
            }
            statements.add(
                    switch (part) {
                        case Part.Routine routine -> RoutineWriter.call(references, code, routine);
                        case Part.Inline inline ->
                            eachRun(
                                    inline.call().run(),
                                    (inline.call().backward() ? "backward(" : "forward(")
                                            + CodeUse.arguments(
                                                    references.uses().tiles(code, inline)) + ")",
                                    inline.call().backward());
                    });
        }
        return statements;
    }

    /** Whether there is nothing to do: values lie already where they belong. */
    private boolean isEmpty(Part part) {
        return switch (part) {
            case Part.Routine routine -> RoutineContext.isEmpty(memory, routine);
            case Part.Inline inline -> {
                Code callee = inline.call().run().callee().code(Mode.TRAINING);
                yield (inline.call().backward() ? callee.backward() : callee.forward()).isEmpty();
            }
        };
    }

    /** What adds the phases of a pass to the step's, in their order. */
    private List<CodeBlock> pass(List<Phase> pass, boolean backward) {
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
                                phases.rows(
                                        phaseName(direction, pass, examples),
                                        references.uses().tiles(code, List.of(phase)),
                                        parts)));
                    }
                }
                case Phase.Batch batch ->
                    statements.add(statement("$L.$LBatch(this, $L)", BUILDER, direction, phases.batch(batch(batch))));
                case Phase.Wide wide -> statements.add(wide(wide.contraction(), direction));
                case Phase.Nested nested ->
                    statements.add(eachRun(nested.call().run(), direction + "Phases(" + BUILDER + ")", backward));
            }
        }
        return statements;
    }

    /** What a phase is called: after what it begins with, where a pass has several. */
    private String phaseName(String direction, List<Phase> pass, Phase.Examples examples) {
        if (pass.stream().filter(Phase.Examples.class::isInstance).count() == 1) {
            return direction;
        }
        String first =
                switch (examples.parts().getFirst()) {
                    case Part.Inline inline -> inline.call().run().name();
                    case Part.Routine routine -> routine.name().replaceAll("(Forward|Backward)$", "");
                };
        return direction + "From" + Names.upperFirst(first);
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
                "$L.$LWide(new $T(\n$L,\n$L, $L, $L,\n$L, $L,\n$L, $L))",
                BUILDER,
                direction,
                Types.WIDE_PHASE,
                Arguments.named("positions", product.source().layout().positions()),
                array(product.source()),
                Arguments.named("aStride", product.source().layout().stride()),
                Arguments.named("depth", product.backward() ? weight.out() : weight.in()),
                Weights.array(references, code, product),
                Arguments.named("columns", product.backward() ? weight.in() : weight.out()),
                array(product.result()),
                Arguments.named("cStride", product.result().layout().stride()));
    }

    // Where the modes differ.

    @Override
    ClassName builderType() {
        return Types.STEP_BUILDER;
    }

    @Override
    void furtherParameters(Map<String, TypeName> parameters) {
        if (takesGradient(code)) {
            parameters.put(References.given(memory, Storage.Kind.GRADIENT), TypeName.INT);
            if (hasTwoGradients(code)) {
                parameters.put(References.given(memory, Storage.Kind.INPUT_GRADIENT), TypeName.INT);
            }
        }
        if (!memory.shared().isEmpty()) {
            parameters.put("firstShared", TypeName.INT);
        }
        if (!memory.tiles().isEmpty()) {
            parameters.put("firstTile", TypeName.INT);
        }
    }

    @Override
    List<String> furtherArguments(Kernel.Call call) {
        List<String> arguments = new ArrayList<>();
        Code callee = call.run().callee().code(Mode.TRAINING);
        Memory taken = references.network().memory(callee);
        Memory.OfRun numbers = Objects.requireNonNull(memory.runs().get(call.run()));
        if (takesGradient(callee)) {
            Kernel.Call backward = backward(call);
            arguments.add(Arguments.named(References.given(taken, Storage.Kind.GRADIENT), gradient(backward.source())));
            if (hasTwoGradients(callee)) {
                arguments.add(Arguments.named(
                        References.given(taken, Storage.Kind.INPUT_GRADIENT), gradient(backward.result())));
            }
        }
        if (!taken.shared().isEmpty()) {
            arguments.add(Arguments.named("firstShared", references.numbered("firstShared", numbers.shared())));
        }
        if (!taken.tiles().isEmpty()) {
            arguments.add(Arguments.named("firstTile", references.numbered("firstTile", numbers.tile())));
        }
        return arguments;
    }

    @Override
    Optional<String> resultOf(Kernel.Call call) {
        return Optional.empty();
    }

    private static boolean takesGradient(Code region) {
        return region.inputGradient().isPresent() && !region.backward().isEmpty();
    }

    /** Whether the gradient that goes out lies elsewhere than the one that comes in. */
    private boolean hasTwoGradients(Code region) {
        Memory ofRegion = references.network().memory(region);
        return region.inputGradient()
                .filter(gradient -> ofRegion.storage(gradient).kind() == Storage.Kind.INPUT_GRADIENT)
                .isPresent();
    }

    private Kernel.Call backward(Kernel.Call forward) {
        for (Kernel kernel : code.kernels()) {
            if (kernel instanceof Kernel.Call call && call.backward() && call.run() == forward.run()) {
                return call;
            }
        }
        throw new IllegalStateException(forward + " is not run backward");
    }

    /** The number of the array in which a run finds or leaves a gradient. */
    private String gradient(Value value) {
        Storage storage = memory.storage(value);
        return switch (storage.kind()) {
            case GRADIENT, INPUT_GRADIENT -> References.given(memory, storage.kind());
            case TILE -> references.numbered("firstTile", storage.number());
            case SHARED -> references.numbered("firstShared", storage.number());
            case INPUT, OWN, OUTPUT, RUN -> throw new IllegalStateException(value + " lies where a run cannot find it");
        };
    }
}
