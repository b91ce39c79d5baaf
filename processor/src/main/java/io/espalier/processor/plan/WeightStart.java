package io.espalier.processor.plan;

import io.espalier.processor.graph.Node;
import java.util.List;
import java.util.OptionalDouble;

/** Where weights start: uniform around 0, so that what leaves a product has the variance of what enters it. */
final class WeightStart {
    private WeightStart() {}

    /**
     * How far a weight's start reaches: uniform in ±√(3·gain/fanIn), a variance of gain/fanIn, with the gain of the activation
     * function behind it and 1 where there is none (LeCun et al., 1998).
     *
     * @param fanIn features that come in
     * @param behind what comes behind the product in its region
     */
    static double limit(int fanIn, List<Node> behind) {
        double gain = 1;
        for (Node node : behind) {
            if (!(node instanceof Node.Apply apply) || apply.operation().isLinear()) {
                break;
            }
            OptionalDouble ofFunction = apply.operation().gain();
            if (ofFunction.isPresent()) {
                gain = ofFunction.getAsDouble();
                break;
            }
        }
        return Math.sqrt(3 * gain / fanIn);
    }
}
