package io.espalier.processor.lint;

/** Cross-entropy over a single output: the softmax of one value is 1, so that the loss is 0 whatever the network does. */
final class CrossEntropyOfOneClass implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "CrossEntropyOfOneClass",
                RuleInfo.Group.MISTAKES,
                RuleInfo.Severity.FIXED_ERROR,
                "cross-entropy over a single output, which is always 0",
                "definition of softmax");
    }

    @Override
    public void check(Subject subject, Report report) {
        if (subject.classes().orElse(0) == 1) {
            String output = subject.network().stages().getLast().name();
            report.fixedError(
                    subject.networkAnnotation().pointOf("loss"),
                    "CROSS_ENTROPY over the single output of '" + output
                            + "' is always 0, because the softmax of one value "
                            + "is 1: there is nothing to learn. Give the output one value for each class, two for a yes or "
                            + "no, as in '@Dense(2) Layer " + output
                            + ";', or write loss = Loss.BINARY_CROSS_ENTROPY, which "
                            + "takes a single output for a yes or no.");
        }
    }
}
