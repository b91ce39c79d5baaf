package io.espalier.processor.corpus;

import static io.espalier.processor.corpus.Mutants.error;
import static io.espalier.processor.corpus.Mutants.warning;

import java.util.stream.Stream;

/** Penalties, targets and optimizers that do not go with the network, each other or the number of examples. */
final class TrainingOperators {
    private final Mutants mutants;

    TrainingOperators(Mutants mutants) {
        this.mutants = mutants;
    }

    void apply() {
        decay();
        l2();
        smoothing();
        fewExamples();
    }

    private void decay() {
        String decays = warning("WeightDecayOnBiasOrNorm");
        mutants.operator("nothing left out of weight decay")
                .at(decayed(), site -> site.change().set("WeightDecay", decays + "exclude = Exclude.NONE"));
        mutants.operator("only norms left out of weight decay")
                // It has no biases.
                .except("RmsPreNorm", site -> site.change().set("WeightDecay", "exclude = Exclude.NORM"))
                .at(decayed(), site -> site.change().set("WeightDecay", decays + "exclude = Exclude.NORM"));
        mutants.operator("only biases left out of weight decay of a network with norms")
                .at(
                        mutants.sites(
                                "LessonMlp",
                                "TabularResNet",
                                "PreNorm",
                                "RmsPreNorm",
                                "ResMlp",
                                "Mixer",
                                "PreActivation",
                                "StochasticDepth",
                                "Widths"),
                        site -> site.change().set("WeightDecay", decays + "exclude = Exclude.BIAS"));
        mutants.operator("weight decay of everything added")
                .at(
                        mutants.sites("LeNet300", "KerasMnist", "Torques", "Autoencoder", "PostNorm", "Groups"),
                        site -> site.change().prepend("@WeightDecay(" + decays + "exclude = Exclude.NONE)"));
    }

    private Stream<Site> decayed() {
        return mutants.networks().filter(site -> site.has("WeightDecay"));
    }

    private void l2() {
        String adaptive = warning("L2WithAdaptiveOptimizer");
        mutants.operator("weight decay replaced by L2 under an adaptive optimizer")
                .at(decayed().filter(site -> !site.has("Sgd")), site -> site.change()
                        .replace("WeightDecay", adaptive + "@L2(1e-4)"));
        mutants.operator("L2 added under an adaptive optimizer")
                .at(
                        mutants.networks().filter(site -> !site.has("Sgd") && !site.has("WeightDecay")),
                        site -> site.change().prepend(adaptive + "@L2(1e-4)"));
        for (String optimizer : new String[] {"@Adam", "@AdamW", "@RmsProp(momentum = 0.9)", ""}) {
            mutants.operator("SGD replaced by an adaptive optimizer under L2")
                    .at(
                            mutants.networks().filter(site -> site.has("L2")),
                            site -> site.change().replace("Sgd", optimizer).before("L2", adaptive));
        }
    }

    private void smoothing() {
        String noClasses = error("LabelSmoothingWithoutClasses");
        mutants.operator("label smoothing added to a loss without classes")
                .at(mutants.networks().filter(site -> site.arguments("Network").contains("loss")), site -> site.change()
                        .prepend(noClasses + "@LabelSmoothing"));
        Stream.of("MEAN_SQUARED_ERROR", "BINARY_CROSS_ENTROPY")
                .forEach(loss -> mutants.operator("a loss without classes put under label smoothing")
                        .at(smoothed(), site -> site.change()
                                .set("Network", "loss = Loss." + loss)
                                .before("LabelSmoothing", noClasses)));
        String range = "LabelSmoothingRange";
        Stream.of("1", "1.1", "-0.1", "Double.NaN")
                .forEach(value -> mutants.operator("label smoothing outside [0, 1) written")
                        .at(smoothed(), site -> site.change().value("LabelSmoothing", error(range) + value)));
        mutants.operator("label smoothing up to equal guesses written")
                // Ten classes are a tenth each; the others have more.
                .except("LessonMlp", site -> site.change().value("LabelSmoothing", warning(range) + "0.9"))
                .at(smoothed(), site -> site.change().value("LabelSmoothing", warning(range) + "0.999"));
        mutants.operator("label smoothing up to equal guesses added")
                .at(mutants.sites("SelfNormalizing"), site -> site.change()
                        .prepend("@LabelSmoothing(" + warning(range) + "0.5)"));
        mutants.operator("label smoothing up to equal guesses added")
                .at(mutants.sites("TabularMlp", "Groups"), site -> site.change()
                        .prepend("@LabelSmoothing(" + warning(range) + "0.86)"));
    }

    private Stream<Site> smoothed() {
        return mutants.networks().filter(site -> site.has("LabelSmoothing"));
    }

    private void fewExamples() {
        String tooMany = warning("TooManyRegularizers");
        mutants.operator("few examples declared under dropout above 0.2")
                .at(
                        mutants.sites(
                                "DropoutMnist",
                                "GaussianMnist",
                                "DropConnectMnist",
                                "GeluMnist",
                                "TwoModels.Teacher",
                                "TabularMlp",
                                "TabularResNet",
                                "ManyLabels",
                                "MaskingAutoencoder"),
                        site -> site.change().set("Network", tooMany + "examples = 999"));
        mutants.operator("few examples declared under three kinds of regularizer")
                .at(mutants.sites("LessonMlp", "PreNorm", "ResMlp"), site -> site.change()
                        .set("Network", tooMany + "examples = 500"));
        Stream.of("@L1(1e-5)", "@MaxNorm", "@LabelSmoothing(0.05)")
                .forEach(penalty -> mutants.operator("a third kind of regularizer added for few examples")
                        .at(
                                mutants.sites("SmallTable"),
                                site -> site.change().prepend(penalty).set("Network", tooMany + "examples = 178")));
        mutants.operator("dropout above 0.2 written for few examples")
                .at(mutants.sites("SmallTable.hidden"), site -> site.change()
                        .set("Dropout", "p = 0.25")
                        .at("SmallTable")
                        .set("Network", tooMany + "examples = 178"));
    }
}
