package io.espalier.processor.lint;

import io.espalier.processor.operation.Attribute;
import io.espalier.processor.operation.Range;
import io.espalier.processor.operation.Rates;
import io.espalier.processor.read.AnnotationDeclaration;
import java.util.Set;

/** A probability of dropping outside [0, 1). */
final class ProbabilityRange implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "ProbabilityRange",
                RuleInfo.Group.MISTAKES,
                RuleInfo.Severity.FIXED_ERROR,
                "a probability outside [0, 1)",
                "Srivastava et al., 2014");
    }

    @Override
    public void check(Subject subject, Report report) {
        subject.forEachAttribute(Set.of(Range.PROBABILITY), (annotation, attribute) -> {
            double p = annotation.doubleValue(attribute.element());
            if (!Rates.isRate(p)) {
                report.fixedError(annotation.pointOf(attribute.element()), text(annotation, attribute, p));
            }
        });
    }

    private static String text(AnnotationDeclaration annotation, Attribute attribute, double p) {
        String written = attribute.element() + " = " + Words.number(p) + " of @" + annotation.name();
        if (p > 0 && p < 1) {
            return annotation.name().equals("GaussianDropout")
                    ? written + " is too near 1: the variance of the factors is p/(1 − p). Write at most 0.9999."
                    : written
                            + " would drop everything: rates are rounded to 1/65536, and this one to 1. Write at most 0.9999.";
        }
        String percent = p >= 2 && p < 100 ? ", for " + Words.number(p) + " percent " + Words.number(p / 100) : "";
        return written + " is outside [0, 1): it is " + attribute.meaning() + ". Write a rate from 0 to below 1"
                + percent + ".";
    }
}
