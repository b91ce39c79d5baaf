package io.espalier.train;

import io.espalier.emitted.Sections;
import io.espalier.emitted.TrainingRule;
import io.espalier.emitted.UpdateRule;
import io.espalier.kernel.AdamUpdate;
import io.espalier.kernel.RmsPropUpdate;
import io.espalier.kernel.SgdUpdate;

/**
 * The optimizer's update of a range of values, and what it keeps for each of them. The model's constants become
 * floats where kernels take them.
 */
final class OptimizerUpdate {
    private final TrainingRule rule;
    private final Sections sections;
    private final float[] values;
    private final float[] gradients;
    private final float[][] moments;

    private float gradientScale;
    private float learningRate;
    private long step;
    private float decay;
    private float l1;
    private float l2;

    OptimizerUpdate(TrainingRule rule, Sections sections, float[] values) {
        this.rule = rule;
        this.sections = sections;
        this.values = values;
        this.gradients = new float[sections.trained()];
        this.moments = new float[rule.update().moments()][sections.trained()];
    }

    TrainingRule rule() {
        return rule;
    }

    Sections sections() {
        return sections;
    }

    /** Sums of the gradients over the batch's rows, one for each trained value. */
    float[] gradients() {
        return gradients;
    }

    /** As many arrays as the optimizer keeps values for each trained one. */
    float[][] moments() {
        return moments;
    }

    void begin(float ofGradientScale, float ofLearningRate, long ofStep) {
        gradientScale = ofGradientScale;
        learningRate = ofLearningRate;
        step = ofStep;
        decay = (float) rule.weightDecay();
        l1 = (float) rule.l1();
        l2 = (float) rule.l2();
    }

    /** Updates values {@code from} to {@code to}, which are all weights, or all decay besides them, or all do neither. */
    void range(int from, int to) {
        float decayHere = from < sections.decayed() ? decay : 0f;
        float l2Here = from < sections.weights() ? l2 : 0f;
        float l1Here = from < sections.weights() ? l1 : 0f;
        switch (rule.update()) {
            case UpdateRule.Adam(double beta1, double beta2, double epsilon) ->
                AdamUpdate.apply(
                        values,
                        gradients,
                        moments[0],
                        moments[1],
                        from,
                        to,
                        gradientScale,
                        learningRate,
                        beta1,
                        beta2,
                        (float) epsilon,
                        decayHere,
                        l2Here,
                        l1Here,
                        step);
            case UpdateRule.RmsProp(double alpha, double epsilon, double momentum)
            when momentum > 0 ->
                RmsPropUpdate.apply(
                        values,
                        gradients,
                        moments[0],
                        moments[1],
                        from,
                        to,
                        gradientScale,
                        learningRate,
                        alpha,
                        (float) epsilon,
                        (float) momentum,
                        decayHere,
                        l2Here,
                        l1Here);
            case UpdateRule.RmsProp(double alpha, double epsilon, double _) ->
                RmsPropUpdate.withoutMomentum(
                        values,
                        gradients,
                        moments[0],
                        from,
                        to,
                        gradientScale,
                        learningRate,
                        alpha,
                        (float) epsilon,
                        decayHere,
                        l2Here,
                        l1Here);
            case UpdateRule.Sgd(double momentum, boolean nesterov)
            when momentum > 0 ->
                SgdUpdate.apply(
                        values,
                        gradients,
                        moments[0],
                        from,
                        to,
                        gradientScale,
                        learningRate,
                        (float) momentum,
                        nesterov,
                        decayHere,
                        l2Here,
                        l1Here);
            case UpdateRule.Sgd ignored ->
                SgdUpdate.withoutMomentum(
                        values, gradients, from, to, gradientScale, learningRate, decayHere, l2Here, l1Here);
        }
    }
}
