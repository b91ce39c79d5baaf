package io.espalier.processor.lint;

import io.espalier.processor.graph.DropPathRule;
import io.espalier.processor.graph.Node;
import io.espalier.processor.operation.Rates;

/** Noise or drop path behind the last linear operation of the network: it falls on the outputs themselves. */
final class DropoutOnOutput implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "DropoutOnOutput",
                RuleInfo.Group.PLACEMENT,
                RuleInfo.Severity.ERROR,
                "noise or drop path after the last linear operation of the network",
                "Srivastava et al., 2014");
    }

    @Override
    public void check(Subject subject, Report report) {
        for (Node node : subject.outputTail().nodes()) {
            if (node instanceof Node.Apply apply && Noise.is(apply)) {
                report.add(Grade.ERROR, apply.annotation(), noise(apply, subject));
            } else if (node instanceof Node.Join join) {
                join.dropPath()
                        .filter(rule -> drops(rule, subject))
                        .ifPresent(rule -> report.add(Grade.ERROR, rule.annotation(), dropPath(rule, join)));
            }
        }
    }

    private static String noise(Node.Apply apply, Subject subject) {
        String annotation = "@" + apply.annotation().name();
        String facts = Words.noise(apply) + " falls on the outputs of the network";
        String reason = ": the loss is then that of outputs changed at random. ";
        return subject.outputTail()
                .lastLinear()
                .map(last -> {
                    String linear = "@" + last.annotation().name();
                    String stage =
                            Words.stage(last.stage(), apply.stage().point().element());
                    return facts + ", because it stands after the last linear operation, " + linear + " of " + stage
                            + reason + "Put " + annotation + " before " + linear + ".";
                })
                .orElseGet(() -> facts + ", because no linear operation stands behind it" + reason + "Remove "
                        + annotation + ", or end the network with a @Dense.");
    }

    /** Whether a rule drops anything; a rate outside [0, 1) is another rule's. */
    private static boolean drops(DropPathRule rule, Subject subject) {
        return rule.annotation().usable() && Rates.drops(subject.highestRate(rule));
    }

    private static String dropPath(DropPathRule rule, Node.Join join) {
        return "drop path (p = " + Words.number(rule.p())
                + ") falls on the outputs of the network: no linear operation "
                + "follows the residual branch "
                + Words.stage(join.stage(), join.stage().point().element())
                + ", so that whole examples are trained with outputs that lack it. End the network with a stage that is "
                + "no residual branch, such as '@Dense(10) Layer logits;', or remove @DropPath.";
    }
}
