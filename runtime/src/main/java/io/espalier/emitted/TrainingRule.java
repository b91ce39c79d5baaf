package io.espalier.emitted;

/**
 * The optimizer's update and all that changes losses and gradients, in the numbers that the model names.
 *
 * @param update the optimizer's update
 * @param learningRate its rate, positive; schedules start from it
 * @param weightDecay rate of decoupled decay, 0 for none
 * @param l1 factor of the L1 penalty on weights, 0 for none
 * @param l2 factor of the L2 penalty on weights, 0 for none
 * @param labelSmoothing the smoothing of cross-entropy's targets, 0 for none
 * @param clipNorm the largest global norm of the gradients, infinite where they are not clipped
 * @param maxNorm the largest norm of a unit's incoming weights, infinite where it is not limited; where a parameter consists of
 *     several matrices, of each of them
 */
public record TrainingRule(
        UpdateRule update,
        double learningRate,
        double weightDecay,
        double l1,
        double l2,
        double labelSmoothing,
        double clipNorm,
        double maxNorm) {
    /**
     * An update and nothing else.
     *
     * @param update the optimizer's update
     * @param learningRate its rate, positive
     * @return the rule
     */
    public static TrainingRule of(UpdateRule update, double learningRate) {
        return new TrainingRule(update, learningRate, 0, 0, 0, 0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * The rule with weight decay.
     *
     * @param rate of decoupled decay, at least 0
     * @return the rule
     */
    public TrainingRule withWeightDecay(double rate) {
        return new TrainingRule(update, learningRate, rate, l1, l2, labelSmoothing, clipNorm, maxNorm);
    }

    /**
     * The rule with an L1 penalty.
     *
     * @param factor of the penalty, at least 0
     * @return the rule
     */
    public TrainingRule withL1(double factor) {
        return new TrainingRule(update, learningRate, weightDecay, factor, l2, labelSmoothing, clipNorm, maxNorm);
    }

    /**
     * The rule with an L2 penalty.
     *
     * @param factor of the penalty, at least 0
     * @return the rule
     */
    public TrainingRule withL2(double factor) {
        return new TrainingRule(update, learningRate, weightDecay, l1, factor, labelSmoothing, clipNorm, maxNorm);
    }

    /**
     * The rule with label smoothing.
     *
     * @param smoothing in [0, 1)
     * @return the rule
     */
    public TrainingRule withLabelSmoothing(double smoothing) {
        return new TrainingRule(update, learningRate, weightDecay, l1, l2, smoothing, clipNorm, maxNorm);
    }

    /**
     * The rule with gradients clipped.
     *
     * @param norm the largest global norm of the gradients, positive
     * @return the rule
     */
    public TrainingRule withClipNorm(double norm) {
        return new TrainingRule(update, learningRate, weightDecay, l1, l2, labelSmoothing, norm, maxNorm);
    }

    /**
     * The rule with the norms of units limited.
     *
     * @param norm the largest norm of a unit's incoming weights, positive
     * @return the rule
     */
    public TrainingRule withMaxNorm(double norm) {
        return new TrainingRule(update, learningRate, weightDecay, l1, l2, labelSmoothing, clipNorm, norm);
    }

    /**
     * The rule in words, the learning rate apart: what a training must agree in with the one that it goes on with.
     *
     * @return a line of text
     */
    public String text() {
        StringBuilder text = new StringBuilder(update.toString());
        add(text, "weight decay", weightDecay, 0);
        add(text, "L1", l1, 0);
        add(text, "L2", l2, 0);
        add(text, "label smoothing", labelSmoothing, 0);
        add(text, "clip norm", clipNorm, Double.POSITIVE_INFINITY);
        add(text, "max norm", maxNorm, Double.POSITIVE_INFINITY);
        return text.toString();
    }

    private static void add(StringBuilder text, String name, double value, double none) {
        if (value != none) {
            text.append(", ").append(name).append(' ').append(value);
        }
    }
}
