package io.espalier.benchmarks.kernels;

import io.espalier.model.NetworkDescription;
import io.espalier.model.ParameterInfo;
import io.espalier.model.ParameterRole;

/**
 * Floating-point operations of a network's products: two for each weight and example forward, as many for the gradient of
 * the weights and for that of the inputs. All else is left out, as it is of lower order.
 */
public final class Operations {
    private Operations() {}

    /**
     * Of a training step.
     *
     * @param network a network that begins with a dense layer, whose input needs no gradient
     * @param examples examples of the batch
     * @return the operations
     */
    public static double ofTraining(NetworkDescription network, int examples) {
        double first = 0;
        for (ParameterInfo parameter : network.parameters()) {
            if (parameter.role() == ParameterRole.WEIGHT) {
                first = weights(parameter);
                break;
            }
        }
        return 3 * ofPrediction(network, examples) - 2 * first * examples;
    }

    /**
     * Of a prediction.
     *
     * @param network any network of dense layers
     * @param examples how many examples
     * @return the operations
     */
    public static double ofPrediction(NetworkDescription network, int examples) {
        double sum = 0;
        for (ParameterInfo parameter : network.parameters()) {
            if (parameter.role() == ParameterRole.WEIGHT) {
                sum += weights(parameter);
            }
        }
        return 2 * sum * examples;
    }

    private static double weights(ParameterInfo parameter) {
        int[] shape = parameter.shape();
        return (double) shape[0] * shape[1];
    }
}
