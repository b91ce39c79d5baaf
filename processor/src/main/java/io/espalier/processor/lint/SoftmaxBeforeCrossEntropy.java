package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.operation.Operation;
import io.espalier.processor.operation.Sigmoid;
import io.espalier.processor.operation.Softmax;
import java.util.OptionalInt;

/** Softmax or sigmoid on the outputs, where the loss applies one itself: it then sees values in [0, 1] as logits. */
final class SoftmaxBeforeCrossEntropy implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "SoftmaxBeforeCrossEntropy",
                RuleInfo.Group.MISTAKES,
                RuleInfo.Severity.ERROR,
                "softmax or sigmoid on the outputs of a network whose loss applies one itself",
                "Nikanjam et al., 2021");
    }

    @Override
    public void check(Subject subject, Report report) {
        boolean ofLabels = subject.isOfLabels();
        // Over a single class the loss is 0 whatever comes in: CrossEntropyOfOneClass says so.
        boolean ofClasses = subject.isCrossEntropy() && subject.classes().orElse(2) > 1;
        if (!ofClasses && !ofLabels) {
            return;
        }
        for (Node node : subject.outputTail().nodes()) {
            if (!(node instanceof Node.Apply apply)) {
                return;
            }
            Operation operation = apply.operation();
            boolean softmax = operation instanceof Softmax;
            if (softmax || operation instanceof Sigmoid) {
                report.add(
                        Grade.ERROR,
                        apply.annotation(),
                        ofLabels ? ofLabels(softmax, apply) : ofClasses(softmax, apply, subject));
            } else if (!operation.isShapeChange() && !operation.isNoise()) {
                return;
            }
        }
    }

    private static String ofClasses(boolean softmax, Node.Apply apply, Subject subject) {
        OptionalInt classes = subject.classes();
        // The best case: 1 for the class, 0 for each of the others.
        String floor = classes.isPresent()
                ? "can never fall below "
                        + Words.rounded(Math.log1p((classes.getAsInt() - 1) / Math.E), 3)
                        + " with " + Words.count(classes.getAsInt(), "class", "classes")
                : "cannot come near 0";
        String facts = softmax ? "softmax is applied twice" : "softmax is applied to a sigmoid";
        return text(facts, "CROSS_ENTROPY", floor, apply);
    }

    private static String ofLabels(boolean softmax, Node.Apply apply) {
        String facts = softmax ? "sigmoid is applied to a softmax" : "sigmoid is applied twice";
        // log(1 + exp(0)): the least that a label of 0 can cost.
        String floor = "of a label that does not hold can never fall below " + Words.rounded(Math.log(2), 3);
        return text(facts, "BINARY_CROSS_ENTROPY", floor, apply);
    }

    private static String text(String facts, String loss, String floor, Node.Apply apply) {
        String name = apply.annotation().name();
        return facts + ": the loss " + loss + " does it itself and takes what comes out of @" + name + " of "
                + Words.stage(apply.stage(), apply.stage().point().element())
                + " for logits. These lie between 0 and 1, so that the loss " + floor + ". Remove @" + name
                + "; predictors give probabilities without it.";
    }
}
