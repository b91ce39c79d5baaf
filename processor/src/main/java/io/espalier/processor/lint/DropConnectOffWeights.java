package io.espalier.processor.lint;

import io.espalier.processor.operation.Defect;

/** Drop connect on a stage without a weight matrix: it drops weights, and there are none. */
final class DropConnectOffWeights implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "DropConnectOffWeights",
                RuleInfo.Group.PLACEMENT,
                RuleInfo.Severity.FIXED_ERROR,
                "drop connect on a stage without a weight matrix",
                "Wan et al., 2013");
    }

    @Override
    public void check(Subject subject, Report report) {
        report.defects(subject.graph(), Defect.Kind.DROP_CONNECT);
    }
}
