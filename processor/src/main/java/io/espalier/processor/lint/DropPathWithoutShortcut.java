package io.espalier.processor.lint;

import io.espalier.processor.operation.Defect;

/** Drop path where there is no residual branch to leave out: on a plain stage, or on a class that has none. */
final class DropPathWithoutShortcut implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "DropPathWithoutShortcut",
                RuleInfo.Group.PLACEMENT,
                RuleInfo.Severity.FIXED_ERROR,
                "drop path on a stage that is no residual branch, or on a class that has none",
                "Huang et al., 2016");
    }

    @Override
    public void check(Subject subject, Report report) {
        report.defects(subject.graph(), Defect.Kind.DROP_PATH);
    }
}
