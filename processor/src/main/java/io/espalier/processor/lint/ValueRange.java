package io.espalier.processor.lint;

import io.espalier.processor.operation.Attribute;
import io.espalier.processor.operation.Defect;
import io.espalier.processor.operation.Range;
import io.espalier.processor.read.AnnotationDeclaration;
import java.util.Set;

/** A number that its annotation does not allow; widths and extents, which shapes follow from, are the graph's to check. */
final class ValueRange implements Rule {
    /** Probabilities are {@link ProbabilityRange}'s, and a width that is none is among the defects. */
    private static final Set<Range> JUDGED =
            Set.of(Range.ABOVE_ZERO, Range.ZERO_OR_MORE, Range.BELOW_ONE, Range.UP_TO_ONE, Range.COUNT);

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
        subject.forEachAttribute(JUDGED, (annotation, attribute) -> check(annotation, attribute, report));
        subject.annotations()
                .filter(annotation -> annotation.name().equals("Sgd"))
                .forEach(annotation -> checkNesterov(annotation, report));
    }

    private static void check(AnnotationDeclaration annotation, Attribute attribute, Report report) {
        Number value = annotation.number(attribute.element());
        if (!attribute.range().contains(value.doubleValue())) {
            report.fixedError(annotation.pointOf(attribute.element()), text(annotation, attribute, value));
        }
    }

    private static String text(AnnotationDeclaration annotation, Attribute attribute, Number value) {
        String element = attribute.element();
        return (element.equals("value") ? "" : element + " = ") + written(value) + " of @" + annotation.name()
                + " is out of range" + rounding(value) + ": " + attribute.meaning() + " "
                + attribute.range().text() + ". Write "
                + (attribute.range() == Range.COUNT
                        ? "that number, or leave " + element + " out if it is not known."
                        : attribute.choices().getFirst().text() + ", the usual value, or one near it.");
    }

    private static String written(Number value) {
        return value instanceof Integer ? value.toString() : Words.number(value.doubleValue());
    }

    /** Says where a number left its range because it is used as a 32-bit float. */
    private static String rounding(Number value) {
        float used = value.floatValue();
        boolean rounded = (used == 0 || used == 1) && value.doubleValue() != used;
        return rounded ? " (as a 32-bit float it is " + Words.number(used) + ")" : "";
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
