package io.espalier.train;

import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/**
 * How the learning rate changes over a training, as factors on the optimizer's rate, one for every step. Immutable: each
 * method returns another schedule.
 *
 * <p>With a warm-up of W steps, step s (from 0) of the first W has (s + 1) / W of what the schedule says, so that the
 * first step is not lost and the last of them has the whole.
 */
public final class LearningRate {
    private final Shape shape;
    private final double warmupEpochs;

    /** What the factor is, without the warm-up. */
    private sealed interface Shape {
        /** Falls at the start of every {@code everyEpochs}-th epoch. */
        record Steps(int everyEpochs, double factor) implements Shape {}

        /** Depends on how much of the training after the warm-up is done. */
        record OfProgress(DoubleUnaryOperator factor) implements Shape {}
    }

    private LearningRate(Shape shape, double warmupEpochs) {
        this.shape = shape;
        this.warmupEpochs = warmupEpochs;
    }

    /**
     * The optimizer's rate throughout.
     *
     * @return factor 1
     */
    public static LearningRate constant() {
        return ofProgress(progress -> 1);
    }

    /**
     * A rate that is multiplied after every so many epochs, counted from the start of the training, warm-up included.
     *
     * @param everyEpochs how many epochs apart, at least 1
     * @param factor what it is multiplied by, more than 0 and at most 1
     * @return factor<sup>⌊epochs done / everyEpochs⌋</sup>
     * @throws IllegalArgumentException if a number is out of range
     */
    public static LearningRate step(int everyEpochs, double factor) {
        if (everyEpochs < 1) {
            throw new IllegalArgumentException(
                    "The learning rate can change every 1 or more epochs, but everyEpochs is " + everyEpochs);
        }
        if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException(
                    "The learning rate is multiplied by more than 0 and at most 1, but the factor is " + factor);
        }
        return new LearningRate(new Shape.Steps(everyEpochs, factor), 0);
    }

    /**
     * A rate that falls along half a cosine from its whole, after the warm-up, to 0, just after the last step: a last step
     * of rate 0 would be lost (Loshchilov and Hutter, SGDR, 2017, without restarts).
     *
     * @return (1 + cos(π·progress)) / 2
     */
    public static LearningRate cosine() {
        return ofProgress(progress -> 0.5 * (1 + Math.cos(Math.PI * progress)));
    }

    /**
     * A schedule of one's own.
     *
     * @param factor the factor, at least 0, for how much of the training after the warm-up is done, from 0 at its first
     *     step to just below 1 at its last
     * @return the schedule
     */
    public static LearningRate ofProgress(DoubleUnaryOperator factor) {
        return new LearningRate(new Shape.OfProgress(Objects.requireNonNull(factor, "factor")), 0);
    }

    /**
     * The same schedule with a linear rise at the start. A training that is no longer than its warm-up only rises.
     *
     * @param epochs how long it takes, at least 0; a fraction is rounded to the nearest number of steps
     * @return the schedule
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public LearningRate warmupEpochs(double epochs) {
        if (!(epochs >= 0 && Double.isFinite(epochs))) {
            throw new IllegalArgumentException("A warm-up takes 0 or more epochs, but it is " + epochs);
        }
        return new LearningRate(shape, epochs);
    }

    /**
     * The factor on the optimizer's rate.
     *
     * @param step the step, from 0 over the whole training
     * @param stepsPerEpoch the number of steps in an epoch, at least 1
     * @param epochs the number of epochs that the training is to take, at least 1
     * @return at least 0
     * @throws IllegalArgumentException if a number is out of range, or a schedule of one's own gives a negative factor or
     *     one that is not finite
     */
    public double factor(long step, int stepsPerEpoch, int epochs) {
        long total = (long) stepsPerEpoch * epochs;
        if (stepsPerEpoch < 1 || epochs < 1 || step < 0 || step >= total) {
            throw new IllegalArgumentException("Step " + step + " is not one of " + epochs + " epochs of "
                    + stepsPerEpoch + " steps, which are 0 to " + (total - 1));
        }
        long warmup = Math.round(warmupEpochs * stepsPerEpoch);
        double risen = step < warmup ? (step + 1.0) / warmup : 1;
        return switch (shape) {
            case Shape.Steps steps -> {
                int falls = (int) (step / stepsPerEpoch) / steps.everyEpochs;
                yield risen * Math.pow(steps.factor, falls);
            }
            case Shape.OfProgress curve -> {
                double progress = step < warmup ? 0 : (double) (step - warmup) / (total - warmup);
                yield risen * curve(curve, progress);
            }
        };
    }

    private static double curve(Shape.OfProgress curve, double progress) {
        double factor = curve.factor.applyAsDouble(progress);
        if (!(factor >= 0 && Double.isFinite(factor))) {
            throw new IllegalArgumentException("The learning rate's schedule gave the factor " + factor
                    + " at progress " + progress + "; it must be at least 0 and finite");
        }
        return factor;
    }
}
