package io.espalier.processor.emit;

import io.espalier.processor.ir.Code;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Weight;

/** How emitted code names the arrays of weights. */
final class Weights {
    private static final String START = Arguments.named("panelsOffset", 0);

    private Weights() {}

    /** Array and offset of the matrix that a product takes: the parameter's, what drop connect leaves of it, or a transpose. */
    static String array(References references, Code code, Kernel.Contraction product) {
        Weight weight = product.weight();
        if (product.backward()) {
            return transposed(weight) + ", " + START;
        }
        return weight.mask().isPresent()
                ? masked(weight) + ".weights(), " + START
                : "values, " + references.offset(weight);
    }

    /** The field of a transposed weight. */
    static String transposed(Weight weight) {
        return References.name(weight) + "Transposed";
    }

    /** The field of the part of a weight that is not dropped. */
    static String masked(Weight weight) {
        return References.name(weight) + "Masked";
    }
}
