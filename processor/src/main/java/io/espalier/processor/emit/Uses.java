package io.espalier.processor.emit;

import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.NetworkProgram;
import io.espalier.processor.ir.Operand;
import io.espalier.processor.ir.RegionProgram;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the code of a mode uses of what its builder gives, in any of its regions.
 *
 * @param parameters whether it reads parameters, but for those that the runtime prepares
 * @param draws whether it draws anything for rows
 */
record Uses(boolean parameters, boolean draws) {
    static Uses of(NetworkProgram network, Mode mode) {
        boolean parameters = false;
        boolean draws = false;
        for (RegionProgram region : network.all()) {
            Code code = region.code(mode);
            List<Kernel> kernels = Stream.concat(
                            code.preparation().stream(),
                            Stream.concat(code.forward().stream(), code.backward().stream())
                                    .flatMap(phase -> phase.kernels().stream()))
                    .toList();
            for (Kernel kernel : kernels) {
                switch (kernel) {
                    case Kernel.DrawMask ignored -> draws = true;
                    case Kernel.DrawNormal ignored -> draws = true;
                    case Kernel.Contraction product ->
                        parameters |=
                                !product.backward() && product.weight().mask().isEmpty();
                    case Kernel.LibraryCall call ->
                        parameters |= call.operands().contains(Operand.Given.PARAMETERS);
                    case Kernel.Pointwise pointwise -> parameters |= readsParameter(pointwise.formula());
                    case Kernel.Accumulate accumulate -> parameters |= readsParameter(accumulate.formula());
                    case Kernel.DrawWeight ignored -> {}
                    case Kernel.Call ignored -> {}
                    case Kernel.BatchReduction ignored -> {}
                }
            }
        }
        return new Uses(parameters, draws);
    }

    private static boolean readsParameter(Expression formula) {
        return formula instanceof Expression.Column
                || formula.operands().stream().anyMatch(Uses::readsParameter);
    }
}
