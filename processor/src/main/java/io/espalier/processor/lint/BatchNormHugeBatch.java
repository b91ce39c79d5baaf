package io.espalier.processor.lint;

import io.espalier.processor.read.AnnotationDeclaration;

/**
 * Batch normalization over so many examples that their statistics are as good as fixed. It regularizes through their noise,
 * which falls with the root of the batch: that of a batch of 4,096 is an eighth of that of a batch of 64.
 */
final class BatchNormHugeBatch implements Rule {
    private static final int HUGE = 4096;

    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "BatchNormHugeBatch",
                RuleInfo.Group.MISTAKES,
                RuleInfo.Severity.WARNING,
                "batch norm over a declared batch of 4,096 and more, whose noise no longer regularizes",
                "Hoffer et al., 2017");
    }

    @Override
    public void check(Subject subject, Report report) {
        BatchNorms norms = subject.batchNorms();
        AnnotationDeclaration network = subject.networkAnnotation();
        if (!norms.isEmpty() && network.value("batch").usable() && network.intValue("batch") >= HUGE) {
            report.add(Grade.WARNING, network.pointOf("batch"), text(network.intValue("batch"), norms.text(subject)));
        }
    }

    private static String text(int batch, String norms) {
        return "batch = " + batch + ": the mean of so many examples is off by only "
                + Words.rounded(100 / Math.sqrt(batch), 1)
                + " % of a standard deviation, and it is that noise by which " + norms
                + " regularizes (Hoffer et al., 2017). Write a batch of some hundreds, or regularize by other means, such as "
                + "@WeightDecay.";
    }
}
