package io.espalier.processor.lint;

import io.espalier.processor.operation.Defect;
import io.espalier.processor.read.AnnotationDeclaration;
import java.util.List;

/** A number that its annotation does not allow; widths and extents, which shapes follow from, are the graph's to check. */
final class ValueRange implements Rule {
    /** What values an element may have; all are used as 32-bit floats, as which they are judged. */
    private enum Range {
        ABOVE_ZERO("must be above 0 and finite"),
        ZERO_OR_MORE("must be 0 or more and finite"),
        BELOW_ONE("must be in [0, 1)"),
        UP_TO_ONE("must be in (0, 1]");

        private final String text;

        Range(String text) {
            this.text = text;
        }

        boolean contains(float value) {
            return switch (this) {
                case ABOVE_ZERO -> value > 0 && Float.isFinite(value);
                case ZERO_OR_MORE -> value >= 0 && Float.isFinite(value);
                case BELOW_ONE -> value >= 0 && value < 1;
                case UP_TO_ONE -> value > 0 && value <= 1;
            };
        }
    }

    /** An element with its range, what it is, and the value that is usual. */
    private record Limit(String annotation, String element, Range range, String meaning, UsualValue usual) {
        Limit(String annotation, String element, Range range, String meaning) {
            this(annotation, element, range, meaning, UsualValue.first(annotation, element));
        }
    }

    private static final List<Limit> LIMITS = List.of(
            new Limit("AdamW", "learningRate", Range.ABOVE_ZERO, "the learning rate"),
            new Limit("AdamW", "beta1", Range.BELOW_ONE, "the decay of the first moment"),
            new Limit("AdamW", "beta2", Range.BELOW_ONE, "the decay of the second moment"),
            new Limit("AdamW", "epsilon", Range.ABOVE_ZERO, "what keeps the step's divisor from 0"),
            new Limit("Adam", "learningRate", Range.ABOVE_ZERO, "the learning rate"),
            new Limit("Adam", "beta1", Range.BELOW_ONE, "the decay of the first moment"),
            new Limit("Adam", "beta2", Range.BELOW_ONE, "the decay of the second moment"),
            new Limit("Adam", "epsilon", Range.ABOVE_ZERO, "what keeps the step's divisor from 0"),
            new Limit("RmsProp", "learningRate", Range.ABOVE_ZERO, "the learning rate"),
            new Limit("RmsProp", "alpha", Range.BELOW_ONE, "the decay of the mean of squares"),
            new Limit("RmsProp", "epsilon", Range.ABOVE_ZERO, "what keeps the step's divisor from 0"),
            new Limit("RmsProp", "momentum", Range.BELOW_ONE, "the part of the last step that the next one keeps"),
            new Limit("Sgd", "learningRate", Range.ABOVE_ZERO, "the learning rate"),
            new Limit("Sgd", "momentum", Range.BELOW_ONE, "the part of the last step that the next one keeps"),
            new Limit("WeightDecay", "value", Range.ZERO_OR_MORE, "the rate at which weights shrink"),
            new Limit("L1", "value", Range.ZERO_OR_MORE, "the factor of the penalty"),
            new Limit("L2", "value", Range.ZERO_OR_MORE, "the factor of the penalty"),
            new Limit("MaxNorm", "value", Range.ABOVE_ZERO, "the largest norm that a unit's weights may have"),
            new Limit("ClipNorm", "value", Range.ABOVE_ZERO, "the largest norm that gradients may have"),
            new Limit("BatchNorm", "momentum", Range.UP_TO_ONE, "the weight of a new batch in the running estimates"),
            new Limit("BatchNorm", "epsilon", Range.ABOVE_ZERO, "what keeps the variance from 0"),
            new Limit("LayerNorm", "epsilon", Range.ABOVE_ZERO, "what keeps the variance from 0"),
            new Limit("RmsNorm", "epsilon", Range.ABOVE_ZERO, "what keeps the mean square from 0"),
            new Limit("GaussianNoise", "deviation", Range.ZERO_OR_MORE, "the standard deviation of the noise"),
            new Limit("LeakyRelu", "slope", Range.BELOW_ONE, "the slope below 0"),
            new Limit("Elu", "alpha", Range.ZERO_OR_MORE, "−1 times the limit far below 0"));

    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "ValueRange",
                RuleInfo.Group.MISTAKES,
                RuleInfo.Severity.FIXED_ERROR,
                "widths, counts, extents, rates and constants outside their ranges",
                "definitions of the operations");
    }

    @Override
    public void check(Subject subject, Report report) {
        report.defects(subject.graph(), Defect.Kind.VALUE);
        subject.annotations().forEach(annotation -> {
            for (Limit limit : LIMITS) {
                if (limit.annotation().equals(annotation.name())) {
                    check(annotation, limit, report);
                }
            }
            if (annotation.name().equals("Sgd")) {
                checkNesterov(annotation, report);
            }
            if (annotation.name().equals("Network")) {
                checkCount(annotation, "examples", "of training examples", report);
                checkCount(annotation, "batch", "of examples in a batch", report);
            }
        });
    }

    private static void check(AnnotationDeclaration annotation, Limit limit, Report report) {
        String element = limit.element();
        if (annotation.value(element).usable()) {
            double value = annotation.doubleValue(element);
            if (!limit.range().contains((float) value)) {
                report.fixedError(annotation.pointOf(element), text(limit, value));
            }
        }
    }

    private static String text(Limit limit, double value) {
        String name = limit.element().equals("value") ? "" : limit.element() + " = ";
        boolean rounded = value != 0 && ((float) value == 0 || (float) value == 1) && value != (float) value;
        return name + Words.number(value) + " of @" + limit.annotation() + " is out of range"
                + (rounded ? " (as a 32-bit float it is " + Words.number((float) value) + ")" : "")
                + ": " + limit.meaning() + " " + limit.range().text + ". Write "
                + limit.usual().text()
                + ", the usual value, or one near it.";
    }

    private static void checkCount(AnnotationDeclaration network, String element, String what, Report report) {
        int count = network.intValue(element);
        if (network.value(element).usable() && count < 0) {
            report.fixedError(
                    network.pointOf(element),
                    element + " = " + count + " of @Network is out of range: the number " + what
                            + " must be 0 or more. Write that number, or leave " + element
                            + " out if it is not known.");
        }
    }

    private static void checkNesterov(AnnotationDeclaration annotation, Report report) {
        if (annotation.value("nesterov").usable()
                && annotation.value("momentum").usable()
                && annotation.booleanValue("nesterov")
                && annotation.doubleValue("momentum") == 0) {
            report.fixedError(
                    annotation.pointOf("nesterov"),
                    "nesterov = true of @Sgd needs a momentum above 0: it looks ahead along the momentum, and there is none. "
                            + "Write momentum = 0.9, or remove nesterov.");
        }
    }
}
