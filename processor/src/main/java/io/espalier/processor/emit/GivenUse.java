package io.espalier.processor.emit;

import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.Operand;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.Phase;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which of the parameters of a region's constructor its methods use: those become fields. */
final class GivenUse {
    private final Memory memory;
    private final Set<String> used = new HashSet<>();

    private GivenUse(Memory memory) {
        this.memory = memory;
    }

    static Set<String> of(Code code, Memory memory) {
        GivenUse use = new GivenUse(memory);
        List<Kernel> kernels = new ArrayList<>();
        kernels(code.forward()).forEach(kernels::add);
        kernels(code.backward()).forEach(kernels::add);
        kernels.addAll(code.reductions());
        code.preparation().stream().filter(Kernel.LibraryCall.class::isInstance).forEach(kernels::add);
        kernels.forEach(use::kernel);
        return use.used;
    }

    private static Stream<Kernel> kernels(List<Phase> pass) {
        return pass.stream().flatMap(phase -> phase.kernels().stream());
    }

    private void kernel(Kernel kernel) {
        switch (kernel) {
            case Kernel.Call ignored -> {}
            case Kernel.DrawWeight ignored -> {}
            case Kernel.DrawMask mask -> used.add("stream");
            case Kernel.DrawNormal normal -> used.add("stream");
            case Kernel.Contraction product -> {
                if (!product.backward() && product.weight().mask().isEmpty()) {
                    parameter(product.weight().parameter());
                }
                values(product);
            }
            case Kernel.Pointwise pointwise -> {
                columns(pointwise.formula());
                values(pointwise);
            }
            case Kernel.Accumulate accumulate -> {
                columns(accumulate.formula());
                values(accumulate);
            }
            case Kernel.LibraryCall call -> {
                for (Operand operand : call.operands()) {
                    if (operand instanceof Operand.Offset(Parameter parameter)) {
                        parameter(parameter);
                    }
                }
                values(call);
            }
            case Kernel.WeightGradient gradient -> {
                parameter(gradient.weight().parameter());
                gradient.bias().ifPresent(this::parameter);
                values(gradient);
            }
            case Kernel.ColumnGradient gradient -> {
                parameter(gradient.parameter());
                values(gradient);
            }
        }
    }

    private void parameter(Parameter parameter) {
        used.add(References.section(parameter.section()));
    }

    private void columns(Expression formula) {
        if (formula instanceof Expression.Column(Parameter parameter)) {
            parameter(parameter);
        }
        formula.operands().forEach(this::columns);
    }

    private void values(Kernel kernel) {
        Stream.concat(kernel.reads().stream(), kernel.writes().stream()).forEach(this::value);
    }

    private void value(Value value) {
        Storage storage = memory.storage().get(value);
        if (storage == null) {
            return;
        }
        switch (storage.kind()) {
            case INPUT -> used.add("input");
            case GRADIENT, INPUT_GRADIENT -> used.add(References.given(memory, storage.kind()));
            case SHARED -> used.add("firstShared");
            case TILE -> used.add("firstTile");
            case OUTPUT -> used.add("output");
            case OWN, RUN -> {}
        }
    }
}
