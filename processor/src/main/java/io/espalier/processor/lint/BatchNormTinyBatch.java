package io.espalier.processor.lint;

import io.espalier.processor.read.AnnotationDeclaration;

/**
 * Batch normalization over so few examples that their statistics are of no use: none at all of one, a declared batch or the
 * only one that is left over for an epoch's last batch, and hardly any of two to seven.
 */
final class BatchNormTinyBatch implements Rule {
    private static final int ENOUGH = 8;

    @Override
    public RuleInfo info() {
        return new RuleInfo(
                "BatchNormTinyBatch",
                RuleInfo.Group.MISTAKES,
                RuleInfo.Severity.ERROR_OR_WARNING,
                "batch norm over a batch of one, declared or left over, or over fewer than 8 examples",
                "Wu and He, 2018");
    }

    @Override
    public void check(Subject subject, Report report) {
        BatchNorms norms = subject.batchNorms();
        AnnotationDeclaration network = subject.networkAnnotation();
        if (norms.isEmpty()
                || !network.value("batch").usable()
                || !network.value("examples").usable()) {
            return;
        }
        int batch = network.intValue("batch");
        int examples = Math.max(0, network.intValue("examples"));
        if (batch == 1 && norms.overExamplesAlone()) {
            report.add(Grade.ERROR, network.pointOf("batch"), ofOne(norms.text(subject)));
        } else if (batch > 1 && examples % batch == 1 && norms.overExamplesAlone()) {
            report.add(Grade.ERROR, network.pointOf("batch"), leftOver(examples, batch, norms.text(subject)));
        } else if (batch > 1 && batch < ENOUGH) {
            report.add(Grade.WARNING, network.pointOf("batch"), ofFew(batch, norms.text(subject)));
        }
    }

    private static String ofOne(String norms) {
        return "batch = 1: one example has no variance, which " + norms
                + " divides by, so that no step can be trained. Write a batch of 32 or more, or @LayerNorm in place of "
                + "@BatchNorm, which needs no batch.";
    }

    private static String leftOver(int examples, int batch, String norms) {
        if (examples == 1) {
            return "examples = 1: one example has no variance, which " + norms
                    + " divides by, so that no step can be trained. Train on more examples, or write @LayerNorm in place "
                    + "of @BatchNorm, which needs no batch.";
        }
        return examples + " examples in batches of " + batch
                + " leave one for the last batch, which has no variance for "
                + norms + " to divide by: a training step refuses it, and Trainer, to avoid it, "
                + (batch == 2 ? "leaves one example out of every epoch" : "shares the last two batches out evenly")
                + ". Write a batch that leaves none or several, such as batch = " + better(examples, batch)
                + ", or @LayerNorm in place of @BatchNorm.";
    }

    /** The next larger batch size that leaves no example or enough of them; there is one, as all at once leave none. */
    private static int better(int examples, int batch) {
        int better = Math.max(batch + 1, Math.min(ENOUGH, examples));
        while (examples % better != 0 && examples % better < ENOUGH) {
            better++;
        }
        return better;
    }

    /** Of n values from a normal distribution the variance has a standard error of √(2/(n − 1)) of itself. */
    private static String ofFew(int batch, String norms) {
        long error = Math.round(100 * Math.sqrt(2.0 / (batch - 1)));
        return "batch = " + batch + ": the variance of " + batch + " examples, which " + norms
                + " divides by, is off by some " + error
                + " % of itself, so that training and prediction differ widely (Wu and He, 2018). Write a batch of 32 or "
                + "more, or @LayerNorm in place of @BatchNorm, which needs no batch.";
    }
}
