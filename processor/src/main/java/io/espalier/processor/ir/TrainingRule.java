package io.espalier.processor.ir;

import java.util.List;

/**
 * How the network is trained, in the numbers that its class names.
 *
 * @param loss what is minimized
 * @param update the optimizer's update
 * @param learningRate its rate
 * @param weightDecay rate of decoupled decay, 0 for none
 * @param l1 factor of the L1 penalty on weights, 0 for none
 * @param l2 factor of the L2 penalty on weights, 0 for none
 * @param labelSmoothing the smoothing, 0 for none
 * @param clipNorm the largest global norm of the gradients, infinite where they are not clipped
 * @param maxNorm the largest norm of a unit's incoming weights, infinite where it is not limited
 * @param dropPaths the drop path annotations in the order of their numbers
 */
public record TrainingRule(
        Loss loss,
        Update update,
        double learningRate,
        double weightDecay,
        double l1,
        double l2,
        double labelSmoothing,
        double clipNorm,
        double maxNorm,
        List<DropPaths> dropPaths) {
    /** An optimizer's update. */
    public sealed interface Update {
        /** Adam, with decoupled decay. */
        record Adam(double beta1, double beta2, double epsilon) implements Update {}

        /** RMSprop. */
        record RmsProp(double alpha, double epsilon, double momentum) implements Update {}

        /** Stochastic gradient descent. */
        record Sgd(double momentum, boolean nesterov) implements Update {}
    }

    /**
     * A drop path annotation.
     *
     * @param p its rate
     * @param linear whether the rate runs from 0 to p over the branches
     * @param branches how many residual branches it governs
     */
    public record DropPaths(double p, boolean linear, long branches) {}
}
