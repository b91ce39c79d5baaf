package io.espalier.processor.plan;

import io.espalier.processor.graph.Node;
import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.ir.Role;
import java.util.List;
import java.util.OptionalDouble;

/** How weights are initialized: uniform around 0, so that what leaves a product has the variance of what enters it. */
final class Initialization {
    private Initialization() {}

    /** How far a parameter's initialization reaches: 0 for what is no weight. */
    static double limit(ParameterSpec spec, List<Node> nodesAfter) {
        return spec.role() == Role.WEIGHT ? limit(spec.shape().getLast(), nodesAfter) : 0;
    }

    /**
     * How far a weight's initialization reaches: uniform in ±√(3·gain/fanIn), a variance of gain/fanIn, with the gain of the
     * activation function after it and 1 where there is none (LeCun et al., 1998).
     *
     * @param fanIn features that come in
     * @param nodesAfter what comes after the product in its region
     */
    static double limit(int fanIn, List<Node> nodesAfter) {
        double gain = 1;
        for (Node node : nodesAfter) {
            if (!(node instanceof Node.Apply apply) || apply.operation().isLinear()) {
                break;
            }
            OptionalDouble activation = apply.operation().gain();
            if (activation.isPresent()) {
                gain = activation.getAsDouble();
                break;
            }
        }
        return Math.sqrt(3 * gain / fanIn);
    }
}
