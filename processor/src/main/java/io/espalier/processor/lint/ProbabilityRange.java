package io.espalier.processor.lint;

import io.espalier.processor.operation.Rates;
import io.espalier.processor.read.AnnotationDeclaration;
import java.util.Set;

/** A probability of dropping outside [0, 1). */
final class ProbabilityRange implements Rule {
    /** The annotations whose element {@code p} is a probability of dropping. */
    private static final Set<String> DROPPING =
            Set.of("Dropout", "AlphaDropout", "GaussianDropout", "DropConnect", "DropPath");

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
        subject.withRate(DROPPING)
                .filter(annotation -> !Rates.isRate(annotation.doubleValue("p")))
                .forEach(annotation -> report.fixedError(annotation.pointOf("p"), text(annotation)));
    }

    private static String text(AnnotationDeclaration annotation) {
        double p = annotation.doubleValue("p");
        String written = "p = " + Words.number(p) + " of @" + annotation.name();
        boolean gaussian = annotation.name().equals("GaussianDropout");
        if (p > 0 && p < 1) {
            return gaussian
                    ? written + " is too near 1: the variance of the factors is p/(1 − p). Write at most 0.9999."
                    : written
                            + " would drop everything: rates are rounded to 1/65536, and this one to 1. Write at most 0.9999.";
        }
        String percent = p >= 2 && p < 100 ? ", for " + Words.number(p) + " percent " + Words.number(p / 100) : "";
        return written + " is outside [0, 1): it is the probability of "
                + (gaussian ? "the dropout that is as strong" : "dropping") + ". Write a rate from 0 to below 1"
                + percent + ".";
    }
}
