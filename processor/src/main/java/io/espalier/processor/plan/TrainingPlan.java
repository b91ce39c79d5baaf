package io.espalier.processor.plan;

import io.espalier.processor.graph.TrainingSettings;
import java.util.List;

/**
 * How the network is trained, in the numbers that emitted code holds.
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
public record TrainingPlan(
        Loss loss,
        Update update,
        float learningRate,
        float weightDecay,
        float l1,
        float l2,
        float labelSmoothing,
        float clipNorm,
        float maxNorm,
        List<DropPaths> dropPaths) {
    /** An optimizer's update. */
    public sealed interface Update {
        /** Values that it keeps for each trained one. */
        int moments();

        /** Adam, with decoupled decay. */
        record Adam(double beta1, double beta2, float epsilon) implements Update {
            @Override
            public int moments() {
                return 2;
            }
        }

        /** RMSprop. */
        record RmsProp(double alpha, float epsilon, float momentum) implements Update {
            @Override
            public int moments() {
                return momentum > 0 ? 2 : 1;
            }
        }

        /** Stochastic gradient descent. */
        record Sgd(float momentum, boolean nesterov) implements Update {
            @Override
            public int moments() {
                return momentum > 0 ? 1 : 0;
            }
        }
    }

    /**
     * A drop path annotation.
     *
     * @param p its rate
     * @param linear whether the rate runs from 0 to p over the branches
     * @param branches how many residual branches it governs
     */
    public record DropPaths(double p, boolean linear, long branches) {}

    /** The update and all that changes gradients, in words: what a training must agree in with the one that it goes on with. */
    public String rule() {
        StringBuilder rule = new StringBuilder(update.toString());
        add(rule, "weight decay", weightDecay, 0);
        add(rule, "L1", l1, 0);
        add(rule, "L2", l2, 0);
        add(rule, "label smoothing", labelSmoothing, 0);
        add(rule, "clip norm", clipNorm, Float.POSITIVE_INFINITY);
        add(rule, "max norm", maxNorm, Float.POSITIVE_INFINITY);
        return rule.toString();
    }

    private static void add(StringBuilder rule, String name, float value, float none) {
        if (value != none) {
            rule.append(", ").append(name).append(' ').append(value);
        }
    }

    static TrainingPlan of(Loss loss, TrainingSettings settings, List<DropPaths> dropPaths) {
        TrainingSettings.Optimizer optimizer = settings.optimizer();
        Update update =
                switch (optimizer) {
                    case TrainingSettings.Optimizer.Adam adam ->
                        new Update.Adam(adam.beta1(), adam.beta2(), (float) adam.epsilon());
                    case TrainingSettings.Optimizer.RmsProp rms ->
                        new Update.RmsProp(rms.alpha(), (float) rms.epsilon(), (float) rms.momentum());
                    case TrainingSettings.Optimizer.Sgd sgd -> new Update.Sgd((float) sgd.momentum(), sgd.nesterov());
                };
        return new TrainingPlan(
                loss,
                update,
                (float) optimizer.learningRate(),
                (float) settings.weightDecay(),
                (float) settings.l1(),
                (float) settings.l2(),
                (float) settings.labelSmoothing(),
                (float) settings.clipNorm().orElse(Double.POSITIVE_INFINITY),
                (float) settings.maxNorm().orElse(Double.POSITIVE_INFINITY),
                List.copyOf(dropPaths));
    }
}
