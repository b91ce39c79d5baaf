package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.graph.Operation;
import io.espalier.processor.graph.Operation.Activation;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An activation behind the last linear operation of a network whose loss takes logits, values of any size and sign.
 * Softmax and sigmoid, which the loss applies itself, are {@link SoftmaxBeforeCrossEntropy}'s.
 */
final class ActivationOnLogits implements Rule {
    /**
     * The values that an activation lets through.
     *
     * @param lowest none lies below it; minus infinity where there is no bound
     * @param highest none lies above it; infinity where there is no bound
     * @param text the bounds in words
     */
    private record Range(double lowest, double highest, String text) {
        static Range from(double lowest) {
            return new Range(lowest, Double.POSITIVE_INFINITY, "none of them can fall below " + Words.number(lowest));
        }
    }

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
            range(apply.operation())
                    .ifPresent(range -> report.add(Grade.WARNING, apply.annotation(), text(apply, range, subject)));
        }
    }

    /** What an activation makes of logits; empty for what is none, or another rule's. */
    private static Optional<Range> range(Operation operation) {
        return switch (operation) {
            case Activation activation -> range(activation.function());
            case Operation.LeakyRelu leaky ->
                Optional.of(new Range(
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY,
                        "those below 0 are multiplied by " + Words.number(leaky.slope())));
            case Operation.Elu elu -> Optional.of(Range.from(-elu.alpha()));
            default -> Optional.empty();
        };
    }

    /** The least values of GELU and SiLU lie at x = -0.752 and x = -1.278. */
    private static Optional<Range> range(Activation.Function function) {
        return switch (function) {
            case RELU -> Optional.of(Range.from(0));
            case SELU -> Optional.of(Range.from(-1.758));
            case GELU -> Optional.of(Range.from(-0.170));
            case SILU -> Optional.of(Range.from(-0.278));
            case TANH -> Optional.of(new Range(-1, 1, "all of them lie between -1 and 1"));
            case SIGMOID -> Optional.empty();
        };
    }

    private static String text(Node.Apply apply, Range range, Subject subject) {
        return Words.operation(apply, apply.stage().point().element())
                + " stands on the outputs of the network, which the loss " + subject.loss()
                + " takes for logits, values of any size and sign: " + range.text()
                + consequence(range, subject) + ". Remove @"
                + apply.annotation().name()
                + ", or put a @Dense behind it.";
    }

    private static String consequence(Range range, Subject subject) {
        OptionalInt classes = subject.classes();
        if (subject.isOfLabels() && range.lowest() > Double.NEGATIVE_INFINITY) {
            return ", so that no label's probability can fall below "
                    + Words.rounded(1 / (1 + Math.exp(-range.lowest())), 3)
                    + (range.highest() < Double.POSITIVE_INFINITY
                            ? " or rise above " + Words.rounded(1 / (1 + Math.exp(-range.highest())), 3)
                            : "");
        }
        if (range.highest() < Double.POSITIVE_INFINITY && classes.isPresent() && classes.getAsInt() > 1) {
            // The best case: the highest value for the class, the lowest for each of the others.
            return ", so that the loss can never fall below "
                    + Words.rounded(
                            Math.log1p((classes.getAsInt() - 1) * Math.exp(range.lowest() - range.highest())), 3)
                    + " with " + classes.getAsInt() + " classes";
        }
        return ", so that scores which should be low learn slowly or not at all";
    }
}
