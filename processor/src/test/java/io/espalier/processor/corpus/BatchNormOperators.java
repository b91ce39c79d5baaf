package io.espalier.processor.corpus;

import static io.espalier.processor.corpus.Mutants.error;
import static io.espalier.processor.corpus.Mutants.warning;

import java.util.stream.Stream;

/** What batch norm does not go with: noise before and behind it, tiny and huge batches, biases that it removes. */
final class BatchNormOperators {
    private static final String STRONG = warning("StrongDropoutWithBatchNorm");

    private final Mutants mutants;

    BatchNormOperators(Mutants mutants) {
        this.mutants = mutants;
    }

    void apply() {
        noiseBefore();
        noiseBetween();
        noiseBehind();
        batches();
        biases();
    }

    private void noiseBefore() {
        mutants.operator("strong dropout put straight before a batch norm")
                // It has dropout behind the norm already.
                .except("LessonMlp.narrow", site -> site.change()
                        .remove("Dropout")
                        .before("BatchNorm", error("DropoutBeforeBatchNorm") + "@Dropout(p = 0.5)"))
                .at(mutants.stages("BatchNorm"), site -> site.change()
                        .before("BatchNorm", error("DropoutBeforeBatchNorm") + "@Dropout(p = 0.5)"));
        mutants.operator("weak noise put straight before a batch norm")
                .at(mutants.stages("BatchNorm"), site -> site.change()
                        .before("BatchNorm", warning("DropoutBeforeBatchNorm") + "@GaussianDropout(p = 0.1)"));
        mutants.operator("strong noise put before the weights before a batch norm")
                .at(
                        mutants.stages("BatchNorm").filter(BatchNormOperators::hasWeightsBeforeTheNorm),
                        site -> site.change()
                                .before(
                                        "Dense",
                                        warning("DropoutBeforeBatchNorm") + "@GaussianNoise(deviation = 0.8)"));
        mutants.operator("drop connect added to the weights before a batch norm")
                .at(
                        mutants.stages("BatchNorm").filter(BatchNormOperators::hasWeightsBeforeTheNorm),
                        site -> site.change().prepend(warning("DropoutBeforeBatchNorm") + "@DropConnect(p = 0.5)"));
    }

    private static boolean hasWeightsBeforeTheNorm(Site site) {
        return site.has("Dense")
                && site.stage().get().get("Dense").start()
                        < site.stage().get().get("BatchNorm").start();
    }

    /** Behind one batch norm and before another, at least in the next pass of the repeat. */
    private void noiseBetween() {
        String[] between = {
            "LessonMlp.wide",
            "PreActivation.Branch.first",
            "PreActivation.Branch.second",
            "PostActivation.stem",
            "PostActivation.Branch.first",
            "StochasticDepth.stem",
            "StochasticDepth.Branch.first"
        };
        mutants.operator("dropout added between batch norms").at(mutants.sites(between), site -> site.change()
                .behind("Relu", warning("DropoutBeforeBatchNorm") + "@Dropout(p = 0.2)"));
        mutants.operator("strong dropout added between batch norms").at(mutants.sites(between), site -> site.change()
                .behind("Relu", warning("DropoutBeforeBatchNorm") + "@Dropout(p = 0.5)"));
        mutants.operator("dropout added behind a repeated branch or sum")
                // Straight into the norm of the next pass, but through the join.
                .at(
                        mutants.sites(
                                "PreActivation.Branch.second",
                                "PostActivation.Branch.second",
                                "PostActivation.Unit.sum",
                                "StochasticDepth.Branch.second",
                                "StochasticDepth.Unit.sum"),
                        site -> site.change().append(warning("DropoutBeforeBatchNorm") + "@Dropout(p = 0.4)"));
    }

    /** Behind the last batch norm. */
    private void noiseBehind() {
        String[] outputs = {
            "LessonMlp.logits", "PreActivation.logits", "PostActivation.logits", "StochasticDepth.logits"
        };
        for (String noise : new String[] {
            "@GaussianDropout(p = 0.4)",
            "@GaussianNoise(deviation = 0.8)",
            "@DropConnect(p = 0.5)",
            "@Dropout(p = 0.31)"
        }) {
            mutants.operator("strong noise put behind the last batch norm")
                    // There is dropout of 0.2 before it: it takes that one's place.
                    .except("LessonMlp.logits", site -> site.change()
                            .prepend(STRONG + noise)
                            .at("narrow")
                            .remove("Dropout"))
                    .at(mutants.sites(outputs), site -> site.change().prepend(STRONG + noise));
        }
        mutants.operator("dropout behind the last batch norm made stronger")
                .at(mutants.sites("LessonMlp.narrow"), site -> site.change()
                        .replace("Dropout", STRONG + "@Dropout(p = 0.5)"));
    }

    private Stream<Site> networks() {
        return mutants.sites("LessonMlp", "PreActivation", "PostActivation", "StochasticDepth");
    }

    private void batches() {
        String tiny = "BatchNormTinyBatch";
        mutants.operator("batches of one declared")
                .at(networks(), site -> site.change().set("Network", error(tiny) + "batch = 1"));
        mutants.operator("batches of fewer than eight declared")
                .at(networks(), site -> site.change().set("Network", warning(tiny) + "batch = 2"));
        mutants.operator("batches of fewer than eight declared")
                .at(networks(), site -> site.change().set("Network", warning(tiny) + "batch = 7"));
        mutants.operator("batches declared that leave one example over")
                .at(networks(), site -> site.change().set("Network", error(tiny) + "batch = 64", "examples = 6401"));
        mutants.operator("huge batches declared")
                .at(networks(), site -> site.change().set("Network", warning("BatchNormHugeBatch") + "batch = 4096"));
        mutants.operator("huge batches declared").at(networks(), site -> site.change()
                .set("Network", "examples = 1000000", warning("BatchNormHugeBatch") + "batch = 10000"));
    }

    private void biases() {
        mutants.operator("bias asked for before a batch norm")
                .at(
                        mutants.sites(
                                "LessonMlp.wide",
                                "LessonMlp.narrow",
                                "PreActivation.Branch.first",
                                "PostActivation.stem",
                                "PostActivation.Branch.first",
                                "PostActivation.Branch.second",
                                "StochasticDepth.stem",
                                "StochasticDepth.Branch.first",
                                "StochasticDepth.Branch.second"),
                        site -> site.change().set("Dense", warning("RedundantBias") + "bias = Bias.ON"));
    }
}
