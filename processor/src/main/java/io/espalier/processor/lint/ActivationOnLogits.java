package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.operation.ActivationFunction;
import io.espalier.processor.operation.LeakyRelu;
import io.espalier.processor.operation.Sigmoid;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An activation behind the last linear operation of a network whose loss takes logits, values of any size and sign.
 * Softmax and sigmoid, which the loss applies itself, are {@link SoftmaxBeforeCrossEntropy}'s.
 */
final class ActivationOnLogits implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "ActivationOnLogits",
                RuleInfo.Group.MISTAKES,
                RuleInfo.Severity.WARNING,
                "an activation such as ReLU on the outputs of a network whose loss takes logits",
                "Nikanjam et al., 2021");
    }

    @Override
    public void check(Subject subject, Report report) {
        boolean ofLogits = subject.isCrossEntropy() || subject.isOfLabels();
        if (!ofLogits || subject.outputTail().lastLinear().isEmpty()) {
            return;
        }
        for (Node.Apply apply : subject.outputTail().onOutputs()) {
            if (apply.operation() instanceof ActivationFunction function) {
                effect(function)
                        .ifPresent(effect -> report.add(
                                Grade.WARNING,
                                apply.annotation(),
                                text(apply, effect + consequence(function, subject), subject)));
            }
        }
    }

    /** What becomes of logits; empty where that is another rule's, or nothing is known of it. */
    private static Optional<String> effect(ActivationFunction function) {
        if (function instanceof LeakyRelu leaky) {
            return Optional.of("those below 0 are multiplied by " + Words.number(leaky.slope()));
        }
        if (function instanceof Sigmoid) {
            return Optional.empty();
        }
        boolean fromBelow = function.lowest() > Double.NEGATIVE_INFINITY;
        boolean fromAbove = function.highest() < Double.POSITIVE_INFINITY;
        if (fromBelow && fromAbove) {
            return Optional.of("all of them lie between " + Words.number(function.lowest()) + " and "
                    + Words.number(function.highest()));
        }
        if (fromBelow) {
            return Optional.of("none of them can fall below " + Words.number(function.lowest()));
        }
        return fromAbove
                ? Optional.of("none of them can rise above " + Words.number(function.highest()))
                : Optional.empty();
    }

    private static String text(Node.Apply apply, String what, Subject subject) {
        return Words.operation(apply, apply.stage().point().element())
                + " stands on the outputs of the network, which the loss " + subject.loss()
                + " takes for logits, values of any size and sign: " + what
                + ". Remove @"
                + apply.annotation().name()
                + ", or put a @Dense behind it.";
    }

    private static String consequence(ActivationFunction function, Subject subject) {
        OptionalInt classes = subject.classes();
        if (subject.isOfLabels() && function.lowest() > Double.NEGATIVE_INFINITY) {
            return ", so that no label's probability can fall below "
                    + Words.rounded(1 / (1 + Math.exp(-function.lowest())), 3)
                    + (function.highest() < Double.POSITIVE_INFINITY
                            ? " or rise above " + Words.rounded(1 / (1 + Math.exp(-function.highest())), 3)
                            : "");
        }
        if (function.highest() < Double.POSITIVE_INFINITY && classes.isPresent() && classes.getAsInt() > 1) {
            // The best case: the highest value for the class, the lowest for each of the others.
            return ", so that the loss can never fall below "
                    + Words.rounded(
                            Math.log1p((classes.getAsInt() - 1) * Math.exp(function.lowest() - function.highest())), 3)
                    + " with " + classes.getAsInt() + " classes";
        }
        return ", so that scores which should be low learn slowly or not at all";
    }
}
