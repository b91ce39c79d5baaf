package io.espalier.processor.lint;

import io.espalier.processor.graph.DropPathRule;
import io.espalier.processor.graph.Node;
import io.espalier.processor.operation.Rates;
import io.espalier.processor.read.AnnotationDeclaration;

/** A drop path rate above 0.5 at some branch, or a linear schedule over a single branch, which never drops. */
final class DropPathRate implements Rule {
    private static final double HIGH = 0.5;

    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "DropPathRate",
                RuleInfo.Group.PLACEMENT,
                RuleInfo.Severity.WARNING,
                "a drop path rate above 0.5 at some branch; a linear schedule over a single branch, which never drops",
                "Huang et al., 2016");
    }

    @Override
    public void check(Subject subject, Report report) {
        if (!subject.isWhole()) {
            return;
        }
        subject.graph().branches().forEach((rule, count) -> {
            AnnotationDeclaration annotation = rule.annotation();
            if (!annotation.usable() || !Rates.isRate(rule.p())) {
                return;
            }
            if (subject.highestRate(rule) > HIGH) {
                report.add(
                        Grade.WARNING,
                        annotation.pointOf("p"),
                        drops(rule, new DropPathBranches(subject.root(), rule)));
            } else if (rule.linear() && rule.p() > 0 && count == 1) {
                report.add(
                        Grade.WARNING,
                        annotation.pointOf("schedule"),
                        neverDrops(rule, new DropPathBranches(subject.root(), rule), isOnOutputs(rule, subject)));
            }
        });
    }

    /** Whether no linear operation follows a branch that the rule governs: there drop path has no place at any rate. */
    private static boolean isOnOutputs(DropPathRule rule, Subject subject) {
        return subject.outputTail().nodes().stream()
                .anyMatch(node -> node instanceof Node.Join join
                        && join.dropPath().filter(rule::equals).isPresent());
    }

    private static String neverDrops(DropPathRule rule, DropPathBranches branches, boolean onOutputs) {
        return "drop path (p = " + Words.number(rule.p())
                + ", linear over depth) never drops: it governs the single branch '" + branches.name(0)
                + "', and a linear schedule starts at 0. "
                + (onOutputs
                        ? "Remove @DropPath: no linear operation follows the branch, so that it would fall on the outputs."
                        : "Write schedule = Schedule.CONSTANT.");
    }

    private static String drops(DropPathRule rule, DropPathBranches branches) {
        long count = branches.count();
        long first = firstAbove(rule, count);
        long above = count - first;
        String p = Words.number(rule.p());
        String last = "'" + branches.name(count - 1) + "'";
        String which = above == 1
                ? "branch " + last + " out of most examples (rate " + p
                : "branches '" + branches.name(first) + "' to " + last + " out of most examples (rate "
                        + (rule.linear() ? Words.rounded(rule.rate(first, count), 3) + " to " : "") + p;
        String ofAll = count == 1
                ? ""
                : above == count ? ", all " + count + " branches" : ", " + above + " of " + count + " branches";
        return "drop path leaves " + which + ofAll
                + "): what is seldom there is hardly trained (Huang et al., 2016, end at "
                + "0.5). p is the probability of dropping, not of keeping: lower it to 0.5 or less.";
    }

    /** The first branch above the high rate; there is one, and rounding may move the estimate by one. */
    private static long firstAbove(DropPathRule rule, long count) {
        if (!rule.linear()) {
            return 0;
        }
        long index = Math.max(0, (long) (HIGH * (count - 1) / rule.p()) - 1);
        while (rule.rate(index, count) <= HIGH) {
            index++;
        }
        return index;
    }
}
