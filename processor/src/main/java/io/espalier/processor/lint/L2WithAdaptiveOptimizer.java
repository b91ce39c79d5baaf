package io.espalier.processor.lint;

import io.espalier.processor.graph.TrainingSettings;
import io.espalier.processor.graph.TrainingSettings.Optimizer;
import io.espalier.processor.read.AnnotationDeclaration;

/**
 * An L2 penalty with an optimizer that divides gradients by their size: the penalty's part is divided with the rest, so that
 * weights with large gradients hardly shrink. The numbers are those of learning rate 1e-3 and factor 0.1.
 */
final class L2WithAdaptiveOptimizer implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "L2WithAdaptiveOptimizer",
                RuleInfo.Group.TRAINING,
                RuleInfo.Severity.WARNING,
                "an L2 penalty with Adam, AdamW or RMSprop",
                "Loshchilov and Hutter, 2019");
    }

    @Override
    public void check(Subject subject, Report report) {
        TrainingSettings training = subject.graph().training();
        if (training.l2() > 0 && Double.isFinite(training.l2()) && isAdaptive(training.optimizer())) {
            subject.onNetwork("L2", "value")
                    .ifPresent(annotation ->
                            report.add(Grade.WARNING, annotation.point(), text(subject, training, annotation)));
        }
    }

    private static boolean isAdaptive(Optimizer optimizer) {
        return switch (optimizer) {
            case Optimizer.Adam adam -> true;
            case Optimizer.RmsProp rms -> true;
            case Optimizer.Sgd sgd -> false;
        };
    }

    private static String text(Subject subject, TrainingSettings training, AnnotationDeclaration l2) {
        String optimizer = training.optimizerAnnotation()
                .map(annotation -> "@" + annotation.name())
                .orElse("@AdamW, the default optimizer,");
        return "@L2(" + Words.number(l2.doubleValue("value")) + ") adds to the gradients, and " + optimizer
                + " divides these by their size, so that weights with large gradients hardly shrink: over 2,000 steps Adam with "
                + "an L2 penalty shrinks a weight by 0.019 where gradients are near 10 and by 0.968 where they are near 0.01, "
                + "decoupled decay by 0.18 both times (Loshchilov and Hutter, 2019). "
                + remedy(subject, training);
    }

    private static String remedy(Subject subject, TrainingSettings training) {
        if (!(training.weightDecay() > 0)) {
            return "Write @WeightDecay in its place; its usual value is 0.01.";
        }
        String decay = Words.number(training.weightDecay());
        return subject.network().annotation("WeightDecay").isPresent()
                ? "Remove @L2: @WeightDecay(" + decay + ") is there already."
                : "Remove @L2: @AdamW decays by " + decay + " already, and @WeightDecay sets another rate.";
    }
}
