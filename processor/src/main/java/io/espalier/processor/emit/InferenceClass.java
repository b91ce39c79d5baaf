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
import io.espalier.processor.ir.Part;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Run;
import io.espalier.processor.ir.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * Writes the classes that predict, on arrays that values share: the forward pass without anything random, or with the noise of
 * training where samples are drawn.
 */
final class InferenceClass extends RegionClass {
    private static final String BUILDER = "pass";

    private final List<CodeBlock> refresh = new ArrayList<>();

    private InferenceClass(References references, Mode mode, TypeSpec.Builder type) {
        super(references, references.region().code(mode), type, BUILDER);
    }

    /** The name of a mode's class. */
    static ClassName name(Mode mode) {
        return ClassName.get("", mode.suffix());
    }

    static TypeSpec emit(References root, Mode mode) {
        TypeSpec.Builder type = TypeSpec.classBuilder(name(mode))
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addSuperinterface(Types.PREDICTION_CODE)
                .addJavadoc(
                        mode.isRandom()
                                ? "Predicts with the network, its noise on, batch norm on its running statistics.\n"
                                : "Predicts with the network.\n");
        new InferenceClass(root, mode, type).root();
        for (RegionProgram region : root.network().regions()) {
            if (region.code(mode).isEmpty()) {
                continue;
            }
            TypeSpec.Builder inner = TypeSpec.classBuilder(name(region, mode))
                    .addModifiers(Modifier.PRIVATE, Modifier.FINAL)
                    .addJavadoc(
                            "Predicts with {@code $L}, {@code $L} → {@code $L}: one run of it.\n",
                            region.name(),
                            region.inputShape(),
                            region.outputShape());
            type.addType(new InferenceClass(root.of(region), mode, inner).region());
        }
        return type.build();
    }

    private void root() {
        List<CodeBlock> forward = members();
        MethodSpec.Builder constructor = constructor();
        constructor.addStatement("$L.outputs($L)", BUILDER, array(code.output()));
        type.addMethod(constructor.build());
        passes("forward", Modifier.PUBLIC, forward);
    }

    private TypeSpec region() {
        List<CodeBlock> forward = members();
        type.addMethod(constructor().build());
        passes("forward", Modifier.PRIVATE, forward);
        return type.build();
    }

    /** Fields and methods of all parts; the statements of the forward pass. */
    private List<CodeBlock> members() {
        rates();
        preparation();
        arrays();
        List<CodeBlock> forward = new ArrayList<>();
        for (Phase phase : code.forward()) {
            for (Part part : ((Phase.Examples) phase).parts()) {
                switch (part) {
                    case Part.Routine routine -> {
                        type.addMethod(RoutineWriter.write(references, code, routine, "Forward", List.of()));
                        forward.add(RoutineWriter.call(references, code, routine));
                    }
                    case Part.Inline inline -> {
                        Run run = inline.call().run();
                        if (!run.callee().code(code.mode()).forward().isEmpty()) {
                            forward.add(eachRun(run, "forward(rows)", false));
                        }
                        if (run.callee().code(code.mode()).refreshes()) {
                            refresh.add(eachRun(run, "refresh()", false));
                        }
                    }
                }
            }
        }
        return forward;
    }

    private void preparation() {
        RoutineContext context = new RoutineContext(references, code);
        for (Kernel kernel : code.preparation()) {
            switch (kernel) {
                case Kernel.LibraryCall call -> refresh.add(LibraryCalls.write(context, call, "0", "0"));
                case Kernel.DrawWeight drawn -> masked(drawn.weight(), false);
                default -> throw new IllegalStateException(kernel + " prepares nothing");
            }
        }
    }

    private void passes(String name, Modifier access, List<CodeBlock> forward) {
        MethodSpec.Builder method =
                MethodSpec.methodBuilder(name).addModifiers(access).addParameter(int.class, "rows");
        MethodSpec.Builder again = MethodSpec.methodBuilder("refresh").addModifiers(access);
        if (region.isRoot()) {
            method.addAnnotation(Override.class);
            again.addAnnotation(Override.class);
        }
        if (region.isRoot() || !code.forward().isEmpty()) {
            Statements.methods(method.build(), "rows", forward).forEach(type::addMethod);
        }
        if (!refresh.isEmpty()) {
            Statements.methods(again.build(), "", refresh).forEach(type::addMethod);
        }
    }

    // Where the modes differ.

    @Override
    ClassName builderType() {
        return Types.PREDICTION_BUILDER;
    }

    @Override
    void furtherParameters(Map<String, TypeName> parameters) {
        if (memory.storage(code.output()).kind() == Storage.Kind.OUTPUT) {
            parameters.put("output", ArrayTypeName.of(float.class));
        }
        if (!memory.shared().isEmpty()) {
            parameters.put("firstShared", TypeName.INT);
        }
    }

    @Override
    List<String> furtherArguments(Kernel.Call call) {
        Memory taken = references.network().memory(call.run().callee().code(code.mode()));
        return taken.shared().isEmpty()
                ? List.of()
                : List.of(Arguments.named(
                        "firstShared",
                        references.numbered("firstShared", ofRun(call).shared())));
    }

    private Memory.OfRun ofRun(Kernel.Call call) {
        return Objects.requireNonNull(memory.runs().get(call.run()));
    }

    @Override
    Optional<String> resultOf(Kernel.Call call) {
        Run run = call.run();
        Code callee = run.callee().code(code.mode());
        if (references.network().memory(callee).storage(callee.output()).kind() != Storage.Kind.OUTPUT) {
            return Optional.empty();
        }
        String last = array(call.result());
        int alternate = ofRun(call).alternate();
        // A run cannot write where it reads, which is where the one before wrote; the last one writes to the output.
        return Optional.of(
                alternate < 0
                        ? last
                        : "i % 2 == " + (run.times() - 1) % 2 + " ? " + last + " : " + references.shared(alternate));
    }
}
