package io.espalier.processor.lint;

import io.espalier.processor.read.AnnotationDeclaration;
import java.math.BigDecimal;
import java.util.Set;

/**
 * A rate that drops four in five values and more. TensorFlow 1 and Deeplearning4j want the probability of keeping where the
 * language wants that of dropping, and 0.8 to 0.95 are usual there. A rate that is none at all is {@link ProbabilityRange}'s,
 * and {@link DropPathRate} says what there is to say of drop path.
 */
final class KeepProbability implements Rule {
    private static final double HIGH = 0.8;

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
                .filter(annotation -> annotation.doubleValue("p") >= HIGH && Noise.isRate(annotation.doubleValue("p")))
                .forEach(annotation -> report.add(Grade.WARNING, annotation.pointOf("p"), text(annotation)));
    }

    private static String text(AnnotationDeclaration annotation) {
        BigDecimal p = BigDecimal.valueOf(annotation.doubleValue("p"));
        String percent = Words.number(p.movePointRight(2).doubleValue()) + " %";
        String drops =
                switch (annotation.name()) {
                    case "DropConnect" -> " drops " + percent + " of the weights";
                    case "GaussianDropout" -> " is as strong as dropping " + percent + " of the values";
                    default -> " drops " + percent + " of the values";
                };
        return "p = " + Words.number(p.doubleValue()) + " of @" + annotation.name() + drops
                + ": p is the probability of dropping, not that of keeping, as in TensorFlow 1's keep_prob and in "
                + "Deeplearning4j. To keep " + percent + ", write p = "
                + Words.number(BigDecimal.ONE.subtract(p).doubleValue()) + ".";
    }
}
