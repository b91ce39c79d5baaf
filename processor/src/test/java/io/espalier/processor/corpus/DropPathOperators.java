package io.espalier.processor.corpus;

import static io.espalier.processor.corpus.Mutants.error;
import static io.espalier.processor.corpus.Mutants.warning;

import java.util.stream.Stream;

/** Drop path without branches, on the last of them, and at wrong rates. */
final class DropPathOperators {
    private static final String RATE = warning("DropPathRate");

    private final Mutants mutants;

    DropPathOperators(Mutants mutants) {
        this.mutants = mutants;
    }

    void apply() {
        withoutBranches();
        onTheOutput();
        rates();
    }

    private void withoutBranches() {
        String without = error("DropPathWithoutShortcut");
        mutants.operator("drop path added to a network without residual branches")
                .at(mutants.networks().filter(site -> !hasBranches(site)), site -> site.change()
                        .prepend(without + "@DropPath(p = 0.2)"));
        mutants.operator("drop path added to a stage that is no residual branch")
                .at(mutants.outputs().filter(site -> hasBranches(site)), site -> site.change()
                        .prepend(without + "@DropPath(p = 0.2)"));
        mutants.operator("the residual branch taken from under drop path")
                .at(mutants.sites("StochasticDepth.Unit.branch"), site -> site.change()
                        .remove("Residual")
                        .at("StochasticDepth")
                        .before("DropPath", without));
    }

    private static boolean hasBranches(Site network) {
        return network.model().types().stream()
                .anyMatch(type -> type.stages().stream().anyMatch(stage -> stage.has("Residual")));
    }

    private void onTheOutput() {
        mutants.operator("a residual branch without weights put behind the output")
                .at(mutants.outputs().filter(site -> site.type().has("DropPath")), site -> site.change()
                        .stageBehind("@Residual @LayerNorm", "end")
                        .at(site.typePath())
                        .before("DropPath", error("DropoutOnOutput")));
        mutants.operator("the output made a residual branch with drop path")
                .at(
                        mutants.sites(
                                "PreNorm.logits",
                                "TabularResNet.price",
                                "Torques.torques",
                                "DenoisingAutoencoder.pixels"),
                        site -> site.change()
                                .prepend("@Residual " + error("DropoutOnOutput")
                                        + "@DropPath(p = 0.2, schedule = Schedule.CONSTANT)"));
    }

    private void rates() {
        Stream<Site> governed = mutants.networks().filter(site -> site.has("DropPath"));
        mutants.operator("a drop path rate above a half written")
                .at(governed, site -> site.change().set("DropPath", RATE + "p = 0.6"));
        mutants.operator("a constant drop path rate above a half written")
                .at(mutants.networks().filter(site -> site.has("DropPath")), site -> site.change()
                        .set("DropPath", RATE + "p = 0.51", "schedule = Schedule.CONSTANT"));
        String[] branches = {
            "TabularResNet.blocks", "PreNorm.blocks", "PostNorm.Encoder.feedForward", "RmsPreNorm.blocks",
            "PreActivation.branches", "PostActivation.Unit.branch", "ResMlp.Channels.mlp", "Mixer.MixerBlock.tokens"
        };
        mutants.operator("drop path at a rate above a half added to a residual branch")
                .at(mutants.sites(branches), site -> site.change().prepend("@DropPath(" + RATE + "p = 0.9)"));
        mutants.operator("linear drop path added to a single branch")
                .at(mutants.sites("Widths.wider", "Widths.widest"), site -> site.change()
                        .prepend(RATE + "@DropPath(p = 0.2)"));
        mutants.operator("linear drop path left to a single branch")
                .at(mutants.sites("ResMlp", "StochasticDepth"), site -> site.change()
                        .set("DropPath", RATE + "schedule = Schedule.LINEAR")
                        .at(site.has("AdamW") ? "ResMlp.layers" : "StochasticDepth.units")
                        .remove("Repeat"));
    }
}
