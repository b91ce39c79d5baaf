package io.espalier.processor.lint;

import io.espalier.processor.operation.Rates;
import io.espalier.processor.read.AnnotationDeclaration;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Set;

/**
 * A rate that drops four in five values and more. TensorFlow 1 and Deeplearning4j want the probability of keeping where the
 * language wants that of dropping, and 0.8 to 0.95 are usual there. A rate that is none at all is {@link ProbabilityRange}'s,
 * and {@link DropPathRate} says what there is to say of drop path.
 */
final class KeepProbability implements Rule {
    private static final double HIGH = 0.8;

    /** As many as a {@code float} is sure of: 0.9f is 0.9. */
    private static final MathContext DIGITS = new MathContext(6);

    private static final Set<String> DROPPING = Set.of("Dropout", "AlphaDropout", "GaussianDropout", "DropConnect");

    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "KeepProbability",
                RuleInfo.Group.MISTAKES,
                RuleInfo.Severity.WARNING,
                "p ≥ 0.8, where the probability of keeping may have been meant",
                "TensorFlow 1, keep_prob");
    }

    @Override
    public void check(Subject subject, Report report) {
        subject.withRate(DROPPING)
                .filter(annotation -> annotation.doubleValue("p") >= HIGH && Rates.isRate(annotation.doubleValue("p")))
                .forEach(annotation -> report.add(Grade.WARNING, annotation.pointOf("p"), text(annotation)));
    }

    private static String text(AnnotationDeclaration annotation) {
        BigDecimal p = new BigDecimal(annotation.doubleValue("p"), DIGITS);
        String percent = Words.number(p.movePointRight(2).doubleValue()) + " %";
        String drops =
                switch (annotation.name()) {
                    case "DropConnect" -> " drops " + percent + " of the weights";
                    case "GaussianDropout" -> " is as strong as dropping " + percent + " of the values";
                    default -> " drops " + percent + " of the values";
                };
        return "p = " + Words.number(p.doubleValue()) + " of @" + annotation.name() + drops
                + ": p is the probability of dropping, and keep_prob of TensorFlow 1 and the dropout of Deeplearning4j are that "
                + "of keeping. To keep " + percent + ", write p = "
                + Words.number(BigDecimal.ONE.subtract(p).doubleValue()) + ".";
    }
}
