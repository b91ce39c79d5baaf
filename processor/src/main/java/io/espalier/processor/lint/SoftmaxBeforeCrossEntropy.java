package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Operation;
import io.espalier.processor.graph.Operation.Activation;
import java.util.OptionalInt;

/** Softmax or sigmoid on the outputs, where the loss applies softmax itself: it then sees values in [0, 1] as logits. */
final class SoftmaxBeforeCrossEntropy implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "SoftmaxBeforeCrossEntropy",
                RuleInfo.Severity.ERROR,
                "softmax or sigmoid on the outputs of a network whose loss applies softmax itself");
    }

    @Override
    public void check(Subject subject, Report report) {
        if (!subject.isCrossEntropy()) {
            return;
        }
        for (Node node : subject.outputTail().nodes()) {
            if (!(node instanceof Node.Apply apply)) {
                return;
            }
            Operation operation = apply.operation();
            if (operation instanceof Operation.Softmax) {
                report.add(Grade.ERROR, apply.annotation(), text("softmax is applied twice", apply, subject));
            } else if (operation instanceof Activation activation
                    && activation.function() == Activation.Function.SIGMOID) {
                report.add(Grade.ERROR, apply.annotation(), text("softmax is applied to a sigmoid", apply, subject));
            } else if (!operation.isShapeChange() && !operation.isNoise()) {
                return;
            }
        }
    }

    private static String text(String facts, Node.Apply apply, Subject subject) {
        String name = apply.annotation().name();
        OptionalInt classes = subject.classes();
        // The best case: 1 for the class, 0 for each of the others.
        String floor = classes.isPresent()
                ? "can never fall below "
                        + Words.rounded(Math.log1p((classes.getAsInt() - 1) / Math.E), 3)
                        + " with " + Words.count(classes.getAsInt(), "class", "classes")
                : "cannot come near 0";
        return facts + ": the loss CROSS_ENTROPY does it itself and takes what comes out of @" + name + " of "
                + Words.stage(apply.stage(), apply.stage().point().element())
                + " for logits. These lie between 0 and 1, so that the loss " + floor + ". Remove @" + name
                + "; predictors give probabilities without it.";
    }
}
