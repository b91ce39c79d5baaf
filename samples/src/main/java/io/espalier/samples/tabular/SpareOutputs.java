package io.espalier.samples.tabular;

import io.espalier.CompiledNetwork;
import io.espalier.model.Parameter;
import java.util.Arrays;

/**
 * Takes the outputs that no class stands behind out of a classifier, exactly. With weights of 0 and a bias of {@value #NEVER}
 * such an output's share of the softmax is e to that power, which is 0 in any floating-point format; so its gradient is 0, and
 * neither an adaptive optimizer nor decay, which leaves biases alone, ever moves it. What is left computes, to the last bit,
 * as if it had only the classes that there are.
 */
final class SpareOutputs {
    private static final float NEVER = -10_000;

    private SpareOutputs() {}

    /**
     * Takes them out.
     *
     * @param network a classifier before training
     * @param classes how many of its outputs are used, from the first
     */
    static void remove(CompiledNetwork network, int classes) {
        Parameter weight = network.parameters().get("logits.dense.weight");
        Parameter bias = network.parameters().get("logits.dense.bias");
        float[] weights = weight.values();
        float[] biases = bias.values();
        int inputs = weights.length / biases.length;
        Arrays.fill(weights, classes * inputs, weights.length, 0);
        Arrays.fill(biases, classes, biases.length, NEVER);
        weight.set(weights);
        bias.set(biases);
    }
}
