package io.espalier.processor.corpus;

import static io.espalier.processor.corpus.Mutants.error;

/** Shapes that do not fit and structures that are none. */
final class StructureOperators {
    private static final String SHAPE = error("ShapeMismatch");
    private static final String STRUCTURE = error("UnknownStructure");

    private final Mutants mutants;

    StructureOperators(Mutants mutants) {
        this.mutants = mutants;
    }

    void apply() {
        shapes();
        repeats();
        shortcuts();
        stages();
        models();
    }

    private void shapes() {
        // Every position goes through the network by itself then: the outputs are one row too many for the loss.
        mutants.operator("flattening forgotten")
                .except("LessonMlp.pixels", site -> unflattened(site, "@Tanh"))
                .except("DropConnectMnist.pixels", site -> unflattened(site, "@Tanh"))
                .except("Mixer.patches", site -> unflattened(site, "@Tanh"))
                .at(mutants.stages("Flatten"), site -> unflattened(site, ""));
    }

    /** With something in place of the flattening, which is wrong at the last operation of the network. */
    private static Change unflattened(Site site, String instead) {
        String last = site.typePath() + "." + site.type().output().name();
        return site.change().replace("Flatten", instead).at(last).before("Dense", SHAPE);
    }

    private void repeats() {
        mutants.operator("a repeated stage given another width than what enters it")
                .at(
                        mutants.stages("Repeat").filter(site -> site.has("Dense")),
                        site -> site.change().before("Repeat", SHAPE).value("Dense", "100"));
        String[][] blocks = {
            {"TabularResNet.ResNetBlock.project", "blocks"},
            {"PreNorm.FeedForward.project", "blocks"},
            {"PostNorm.FeedForward.project", "layers"},
            {"RmsPreNorm.FeedForward.down", "blocks"},
            {"ResMlp.Mlp.project", "ResMlp.layers"},
            {"Mixer.ChannelMlp.project", "blocks"},
            {"PreActivation.Branch.second", "branches"},
            {"PostActivation.Branch.second", "units"},
            {"StochasticDepth.Branch.second", "units"},
            // Behind the first mistake shapes are unknown.
            {"Widths.Bottleneck.restore", "narrow"},
            {"Groups.Unit.project", "units"}
        };
        for (String[] block : blocks) {
            mutants.operator("a repeated block given another width than what enters it")
                    .at(mutants.sites(block[0]), site -> site.change()
                            .value("Dense", "100")
                            .at(block[1])
                            .before("Repeat", SHAPE));
        }
    }

    private void shortcuts() {
        mutants.operator("an identity put around a branch of another width")
                .at(mutants.sites("Widths.wider", "Widths.widest"), site -> site.change()
                        .replace("Residual", SHAPE + "@Residual(shortcut = Shortcut.IDENTITY)"));
        mutants.operator("an identity put around an output of another width")
                .at(
                        mutants.sites("PreNorm.logits", "Torques.torques", "WideAndDeep.second", "LeNet300.second"),
                        site -> site.change().prepend(SHAPE + "@Residual(shortcut = Shortcut.IDENTITY)"));
    }

    private void stages() {
        mutants.operator("a stage declared as a text")
                .at(
                        mutants.sites(site -> site.isNamed("hidden", "stem", "first", "pixels")
                                && site.stage().get().isLayer()),
                        site -> site.change().type("String " + STRUCTURE.strip()));
        mutants.operator("an operation put on a block's field")
                .at(
                        mutants.sites(site ->
                                site.stage().filter(stage -> !stage.isLayer()).isPresent()),
                        site -> site.change().append(STRUCTURE + "@Relu"));
        mutants.operator("a stage without operations added")
                .at(
                        mutants.sites("LeNet300.first", "TabularMlp.middle", "Mixer.norm", "Autoencoder.code"),
                        site -> site.change().stageBehind("", STRUCTURE + "empty"));
    }

    private void models() {
        for (String optimizer : new String[] {"AdamW", "Sgd"}) {
            mutants.operator("a second optimizer written")
                    .at(mutants.networks().filter(site -> site.has(optimizer)), site -> site.change()
                            .behind(optimizer, STRUCTURE + "@RmsProp"));
        }
        mutants.operator("a block's annotation taken away")
                .at(
                        mutants.sites("ResMlp.Mlp"),
                        site -> site.change().remove("Block").at("Channels.mlp").type("Mlp " + STRUCTURE.strip()));
        mutants.operator("a network hidden in another class")
                .at(mutants.sites("TwoModels.Teacher"), site -> site.change()
                        .text("static final class Teacher", "private static final " + STRUCTURE + "class Teacher"));
    }
}
