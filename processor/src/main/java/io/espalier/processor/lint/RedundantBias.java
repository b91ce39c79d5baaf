package io.espalier.processor.lint;

import io.espalier.processor.graph.Node;
import io.espalier.processor.read.ValueDeclaration;

/** A bias that is asked for and that the batch norm behind it takes away with the mean. */
final class RedundantBias implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "RedundantBias",
                RuleInfo.Group.MISTAKES,
                RuleInfo.Severity.WARNING,
                "a bias that the batch norm behind it takes away again",
                "Ioffe and Szegedy, 2015");
    }

    @Override
    public void check(Subject subject, Report report) {
        subject.forEachOperation((dense, region) -> {
            if (isAskedFor(dense)) {
                subject.nextBatchNorm()
                        .after(dense, region)
                        .ifPresent(batchNorm ->
                                report.add(Grade.WARNING, dense.annotation().pointOf("bias"), text(dense, batchNorm)));
            }
        });
    }

    private static boolean isAskedFor(Node.Apply node) {
        ValueDeclaration bias = node.annotation().values().get("bias");
        return node.operation().isLinear()
                && bias != null
                && bias.usable()
                && bias.value().equals("ON");
    }

    private static String text(Node.Apply dense, Node.Apply batchNorm) {
        return "the bias of " + Words.operation(dense, dense.stage().point().element())
                + " does nothing: batch normalization "
                + Words.stage(batchNorm.stage(), dense.stage().point().element())
                + " subtracts the mean of the batch, and with it whatever the bias added. Write bias = Bias.OFF; the norm's own "
                + "shift takes its place.";
    }
}
