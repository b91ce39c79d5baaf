package io.espalier.processor.lint;

import io.espalier.processor.operation.Defect;

/** A class that cannot be a model: what is written is none of the language's structures. */
final class UnknownStructure implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "UnknownStructure",
                RuleInfo.Group.MISTAKES,
                RuleInfo.Severity.FIXED_ERROR,
                "cycles of blocks, fields that are no stages, operations on a block's field, no stages, name clashes",
                "definition of the language");
    }

    @Override
    public void check(Subject subject, Report report) {
        subject.models()
                .flatMap(model -> model.faults().stream())
                .forEach(fault -> report.fixedError(fault.point(), Report.sentence(fault.text())));
        report.defects(subject.graph(), Defect.Kind.STRUCTURE);
    }
}
