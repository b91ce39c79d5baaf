package io.espalier.processor.emit;

import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Memory;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.NetworkProgram;
import io.espalier.processor.ir.Operand;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.RegionProgram;
import io.espalier.processor.ir.Storage;
import io.espalier.processor.ir.Value;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Which fields and parameters of its constructor the methods of a region's class use; what only the constructor uses is none. */
final class GivenUse {
    private static final Set<String> DRAWS = Set.of("state", "stream");

    private final Memory memory;
    private final Set<String> used = new HashSet<>();

    private GivenUse(Memory memory) {
        this.memory = memory;
    }

    static Set<String> of(Code code, Memory memory) {
        GivenUse use = new GivenUse(memory);
        code.kernels().forEach(use::kernel);
        code.reductions().forEach(use::kernel);
        code.preparation().stream().filter(Kernel.LibraryCall.class::isInstance).forEach(use::kernel);
        return use.used;
    }

    /** The same of all regions of a network. */
    static Set<String> ofAll(NetworkProgram network, Mode mode) {
        Set<String> used = new HashSet<>();
        for (RegionProgram region : network.all()) {
            Code code = region.code(mode);
            used.addAll(of(code, network.memory(code)));
        }
        return used;
    }

    private void kernel(Kernel kernel) {
        switch (kernel) {
            case Kernel.Call ignored -> {}
            case Kernel.DrawWeight ignored -> {}
            case Kernel.DrawMask ignored -> used.addAll(DRAWS);
            case Kernel.DrawNormal ignored -> used.addAll(DRAWS);
            case Kernel.Contraction product -> {
                if (!product.backward() && product.weight().mask().isEmpty()) {
                    used.add("values");
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
                    } else if (operand == Operand.Given.PARAMETERS) {
                        used.add("values");
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
            used.add("values");
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
