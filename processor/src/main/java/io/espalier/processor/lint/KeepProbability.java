package io.espalier.processor.lint;

import io.espalier.processor.operation.Definition;
import io.espalier.processor.operation.Range;
import io.espalier.processor.operation.Rates;
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
        subject.forEachAttribute(Set.of(Range.PROBABILITY), (annotation, attribute) -> {
            double rate = annotation.doubleValue(attribute.element());
            if (rate >= HIGH && Rates.isRate(rate)) {
                subject.operations()
                        .find(annotation.name())
                        .ifPresent(operation -> report.add(
                                Grade.WARNING,
                                annotation.pointOf(attribute.element()),
                                text(operation, attribute.element(), rate)));
            }
        });
    }

    private static String text(Definition operation, String element, double rate) {
        BigDecimal p = new BigDecimal(rate, DIGITS);
        String percent = Words.number(p.movePointRight(2).doubleValue()) + " %";
        String drops = (operation.annotation().equals("GaussianDropout") ? " is as strong as dropping " : " drops ")
                + percent
                + (operation.has(Definition.Trait.MASKS_WEIGHTS) ? " of the weights" : " of the values");
        return element + " = " + Words.number(p.doubleValue()) + " of @" + operation.annotation() + drops + ": "
                + element
                + " is the probability of dropping, and keep_prob of TensorFlow 1 and the dropout of Deeplearning4j are that "
                + "of keeping. To keep " + percent + ", write " + element + " = "
                + Words.number(BigDecimal.ONE.subtract(p).doubleValue()) + ".";
    }
}
