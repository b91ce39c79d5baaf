package io.espalier.processor.lint;

/** Label smoothing where there are no classes: it shares out a part of the target among all classes. */
final class LabelSmoothingWithoutClasses implements Rule {
    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "LabelSmoothingWithoutClasses",
                RuleInfo.Group.TRAINING,
                RuleInfo.Severity.FIXED_ERROR,
                "label smoothing with a loss that knows no classes",
                "Szegedy et al., 2016");
    }

    @Override
    public void check(Subject subject, Report report) {
        String reason =
                switch (subject.loss()) {
                    case "BINARY_CROSS_ENTROPY" ->
                        "BINARY_CROSS_ENTROPY, whose labels are independent: there are no other classes to give a part of the "
                                + "label to. Remove @LabelSmoothing; where the labels exclude each other, write loss = "
                                + "CROSS_ENTROPY, and where one is uncertain, write what lies between 0 and 1 into the data";
                    case "MEAN_SQUARED_ERROR" ->
                        "MEAN_SQUARED_ERROR, whose targets are values: there are no classes to share a target among. Remove "
                                + "@LabelSmoothing";
                    default -> "";
                };
        if (!reason.isEmpty()) {
            subject.network()
                    .annotation("LabelSmoothing")
                    .ifPresent(annotation ->
                            report.fixedError(annotation.point(), "label smoothing with the loss " + reason + "."));
        }
    }
}
