package io.espalier.processor.lint;

import io.espalier.processor.read.AnnotationDeclaration;
import io.espalier.processor.read.SourcePoint;

/**
 * Label smoothing outside [0, 1), or so strong that the label weighs no more than one of K equal guesses: with K classes
 * and smoothing s the target is 1 − s of the label and s of the uniform distribution, and from s = (K − 1)/K on 1 − s is at
 * most 1/K.
 */
final class LabelSmoothingRange implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "LabelSmoothingRange",
                RuleInfo.Group.TRAINING,
                RuleInfo.Severity.FIXED_ERROR_OR_WARNING,
                "label smoothing outside [0, 1), or at or above (K − 1)/K for K classes",
                "Szegedy et al., 2016");
    }

    @Override
    public void check(Subject subject, Report report) {
        if (!subject.loss().isEmpty() && !subject.isCrossEntropy()) {
            // LabelSmoothingWithoutClasses says that it has no place there at all.
            return;
        }
        subject.onNetwork("LabelSmoothing", "value").ifPresent(annotation -> check(annotation, subject, report));
    }

    private static void check(AnnotationDeclaration annotation, Subject subject, Report report) {
        double smoothing = annotation.doubleValue("value");
        SourcePoint point = annotation.pointOf("value");
        if (!(smoothing >= 0 && smoothing < 1)) {
            report.fixedError(
                    point,
                    "label smoothing " + Words.number(smoothing)
                            + " is outside [0, 1): it is the part of the target that is "
                            + "shared out among all classes. Write 0.1, the usual value, or at most a few tenths.");
            return;
        }
        int classes = subject.classes().orElse(0);
        if (classes > 1 && smoothing * classes >= classes - 1) {
            report.add(
                    Grade.WARNING,
                    point,
                    "label smoothing " + Words.number(smoothing) + " is at or above (K − 1)/K = "
                            + Words.rounded((classes - 1.0) / classes, 3) + " for the " + classes
                            + " classes of this network: the label itself then weighs "
                            + Words.rounded(1 - smoothing, 3) + ", no more than one guess among " + classes
                            + ", and there is hardly anything left to learn. Write 0.1, the usual value, or at most a few "
                            + "tenths.");
        }
    }
}
