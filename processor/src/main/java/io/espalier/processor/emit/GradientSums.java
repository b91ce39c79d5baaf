package io.espalier.processor.emit;

import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.TypeSpec;
import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.Part;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import io.espalier.processor.ir.Weight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes the method that tells what the gradients of a region's parameters are summed from, and says where that comes from. */
final class GradientSums {
    private static final String NAME = "gradientSums";

    private final References references;
    private final Code code;
    private final Memory memory;

    /** By what they are summed from, as some method writes it. */
    private final Map<Value, List<Parameter>> bySource = new HashMap<>();

    GradientSums(References references, Code code) {
        this.references = references;
        this.code = code;
        this.memory = references.network().memory(code);
        Map<Value, Value> copies = copies();
        for (Kernel.BatchReduction reduction : code.reductions()) {
            Value source =
                    switch (reduction) {
                        case Kernel.WeightGradient sum -> copies.getOrDefault(sum.gradient(), sum.gradient());
                        case Kernel.ColumnGradient sum -> sum.sums();
                    };
            bySource.computeIfAbsent(source, key -> new ArrayList<>()).addAll(reduction.parameters());
        }
    }

    /** What is copied to where it lies already, and so by no method. */
    private Map<Value, Value> copies() {
        Map<Value, Value> copies = new HashMap<>();
        for (Phase phase : code.backward()) {
            if (phase instanceof Phase.Examples examples) {
                for (Part part : examples.parts()) {
                    if (part instanceof Part.Routine routine && RoutineContext.isEmpty(memory, routine)) {
                        routine.kernels()
                                .forEach(kernel -> copies.put(
                                        kernel.writes().getFirst(),
                                        kernel.reads().getFirst()));
                    }
                }
            }
        }
        return copies;
    }

    /** The parameters whose gradients are summed from what a routine leaves. */
    List<Parameter> from(Part.Routine routine) {
        Set<Value> written = new LinkedHashSet<>();
        routine.kernels().forEach(kernel -> written.addAll(kernel.writes()));
        return written.stream()
                .flatMap(value -> bySource.getOrDefault(value, List.of()).stream())
                .toList();
    }

    /** The call of the method. */
    static CodeBlock call() {
        return CodeBlock.builder()
                .addStatement("$L($L)", NAME, TrainingClass.BUILDER)
                .build();
    }

    /** Adds the method to the region's class, if there is something to sum. */
    boolean addTo(TypeSpec.Builder type) {
        List<CodeBlock> sums = new ArrayList<>();
        Set<String> declared = new HashSet<>();
        for (Kernel.BatchReduction reduction : code.reductions()) {
            if (sums.size() % Statements.MOST == 0) {
                // Here another method begins.
                declared.clear();
            }
            sums.add(sum(reduction, declared));
        }
        if (sums.isEmpty()) {
            return false;
        }
        MethodSpec method = MethodSpec.methodBuilder(NAME)
                .addModifiers(Modifier.PRIVATE)
                .addJavadoc(
                        "After the backward pass the runtime sums over the batch what is told here: the gradients of the"
                                + " parameters.\n")
                .addParameter(Types.STEP_BUILDER, TrainingClass.BUILDER)
                .build();
        Statements.methods(method, TrainingClass.BUILDER, sums).forEach(type::addMethod);
        return true;
    }

    private CodeBlock sum(Kernel.BatchReduction reduction, Set<String> declared) {
        CodeBlock.Builder sum = CodeBlock.builder()
                .add(
                        "// $L\n",
                        reduction.parameters().stream().map(Parameter::name).collect(Collectors.joining(", ")));
        for (Value value : reduction.reads()) {
            Storage storage = memory.storage(value);
            if (!storage.field().equals(storage.name()) && declared.add(storage.name())) {
                sum.addStatement("float[] $L = $L", storage.name(), storage.field());
            }
        }
        switch (reduction) {
            case Kernel.WeightGradient gradient -> weight(sum, gradient);
            case Kernel.ColumnGradient gradient -> columns(sum, gradient);
        }
        return sum.build();
    }

    private void weight(CodeBlock.Builder sum, Kernel.WeightGradient gradient) {
        Weight weight = gradient.weight();
        CodeBlock arguments = CodeBlock.of(
                "\n$L,\n$L, $L, $L,\n$L, $L, $L,\n$L, $L",
                Arguments.named("positions", gradient.source().layout().positions()),
                memory.storage(gradient.source()).name(),
                Arguments.named("xStride", gradient.source().layout().stride()),
                Arguments.named("in", weight.in()),
                memory.storage(gradient.gradient()).name(),
                Arguments.named("gStride", gradient.gradient().layout().stride()),
                Arguments.named("out", weight.out()),
                references.offset(weight),
                gradient.bias().map(references::offset).orElse(Arguments.named("bias", -1)));
        if (weight.mask().isPresent()) {
            sum.addStatement(
                    "$L.weightGradient(new $T($L, $L))",
                    TrainingClass.BUILDER,
                    Types.WEIGHT_SUM,
                    arguments,
                    Weights.masked(weight));
        } else {
            sum.addStatement("$L.weightGradient($L)", TrainingClass.BUILDER, arguments);
        }
    }

    private void columns(CodeBlock.Builder sum, Kernel.ColumnGradient gradient) {
        String sums = memory.storage(gradient.sums()).name();
        String first = Arguments.named("offset", gradient.column());
        String width = Arguments.named("width", gradient.parameter().count());
        String parameter = references.offset(gradient.parameter());
        if (gradient.total()) {
            sum.addStatement("$L.summedGradient($L, $L, $L, $L)", TrainingClass.BUILDER, sums, first, width, parameter);
        } else {
            sum.addStatement(
                    "$L.columnGradient($L, $L, $L, $L, $L, $L)",
                    TrainingClass.BUILDER,
                    Arguments.named("positions", gradient.sums().layout().positions()),
                    sums,
                    first,
                    Arguments.named("stride", gradient.sums().layout().stride()),
                    width,
                    parameter);
        }
    }
}
