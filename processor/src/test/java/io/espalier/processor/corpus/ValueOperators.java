package io.espalier.processor.corpus;

import static io.espalier.processor.corpus.Mutants.error;
import static io.espalier.processor.corpus.Mutants.warning;

import java.util.List;
import java.util.stream.Stream;

/** Annotations given other values, out of their ranges or hardly meant. */
final class ValueOperators {
    private static final List<String> DROPPING = List.of("Dropout", "AlphaDropout", "GaussianDropout", "DropConnect");
    private static final String FEW_EXAMPLES = warning("TooManyRegularizers");
    private static final String RANGE = error("ValueRange");

    private final Mutants mutants;

    ValueOperators(Mutants mutants) {
        this.mutants = mutants;
    }

    void apply() {
        probabilities();
        keeping();
        widthsAndRepeats();
        optimizers();
        penaltiesAndInputs();
        layers();
    }

    private void probabilities() {
        String range = error("ProbabilityRange");
        List<String> outside = List.of("1", "-0.1", "1.5", "20", "Double.NaN");
        DROPPING.forEach(dropping -> {
            List<Site> sites = mutants.stages(dropping).toList();
            for (int i = 0; i < sites.size(); i++) {
                String p = outside.get(i % outside.size());
                mutants.operator("a probability outside [0, 1) written")
                        .at(Stream.of(sites.get(i)), site -> site.change().set(dropping, range + "p = " + p));
            }
        });
        for (String p : new String[] {"1", "Double.NaN"}) {
            mutants.operator("a drop path rate outside [0, 1) written")
                    .at(mutants.networks().filter(site -> site.has("DropPath")), site -> site.change()
                            .set("DropPath", range + "p = " + p));
        }
    }

    private void keeping() {
        String keep = warning("KeepProbability");
        DROPPING.forEach(dropping -> {
            Mutants.Operator operator = mutants.operator("the probability of keeping written");
            if (dropping.equals("Dropout")) {
                operator
                        // Behind a batch norm.
                        .except("LessonMlp.narrow", site -> site.change()
                                .replace(
                                        "Dropout",
                                        warning("StrongDropoutWithBatchNorm") + "@Dropout(" + keep + "p = 0.8)"))
                        // Above 0.2, with few examples.
                        .except("SmallTable.hidden", site -> site.change()
                                .set("Dropout", keep + "p = 0.9")
                                .at("SmallTable")
                                .set("Network", FEW_EXAMPLES + "examples = 178"));
                Stream.of("first", "second", "value")
                        .forEach(stage -> operator.except("DropoutUncertainty." + stage, site -> site.change()
                                .set("Dropout", keep + "p = 0.95")
                                .at("DropoutUncertainty")
                                .set("Network", FEW_EXAMPLES + "examples = 506")));
            }
            operator.at(mutants.stages(dropping), site -> site.change().set(dropping, keep + "p = 0.8"));
        });
    }

    private void widthsAndRepeats() {
        mutants.operator("no units written")
                .at(mutants.stages("Dense").filter(site -> site.isNamed("first", "stem", "code")), site -> site.change()
                        .value("Dense", RANGE + "0"));
        mutants.operator("the units taken away")
                .at(
                        mutants.stages("Dense").filter(site -> site.isNamed("second", "hidden", "project")),
                        site -> site.change().replace("Dense", RANGE + "@Dense"));
        mutants.operator("units written beside times")
                .at(
                        mutants.stages("Dense")
                                .filter(site -> site.arguments("Dense").contains("times")),
                        site -> site.change().set("Dense", "value = 8", RANGE + "times = 2"));
        mutants.operator("no repeats written")
                .at(mutants.stages("Repeat"), site -> site.change().value("Repeat", RANGE + "0"));
    }

    private void optimizers() {
        for (String optimizer : List.of("Sgd", "RmsProp")) {
            mutants.operator("a learning rate of 0 written")
                    .at(mutants.networks().filter(site -> site.has(optimizer)), site -> site.change()
                            .set(optimizer, RANGE + "learningRate = 0"));
        }
        for (String optimizer : List.of("Adam", "AdamW")) {
            mutants.operator("a mean of gradients that never changes written")
                    .at(mutants.networks().filter(site -> site.has(optimizer)), site -> site.change()
                            .set(optimizer, RANGE + "beta1 = 1"));
        }
    }

    private void penaltiesAndInputs() {
        for (String penalty : List.of("L1", "L2")) {
            mutants.operator("a negative penalty written")
                    .at(mutants.networks().filter(site -> site.has(penalty)), site -> site.change()
                            .value(penalty, RANGE + "-1e-4"));
        }
        mutants.operator("a negative penalty written")
                .at(mutants.networks().filter(site -> site.has("WeightDecay")), site -> site.change()
                        .value("WeightDecay", RANGE + "-0.01"));
        for (String norm : List.of("ClipNorm", "MaxNorm")) {
            mutants.operator("a largest norm of 0 written")
                    .at(mutants.networks().filter(site -> site.has(norm)), site -> site.change()
                            .value(norm, RANGE + "0"));
        }
        mutants.operator("an empty input written")
                .at(mutants.sites("LeNet300", "Mixer", "PreNorm", "Torques", "Autoencoder"), site -> site.change()
                        .set("Network", RANGE + "input = {8, 0}"));
        mutants.operator("negative examples or batches declared")
                .at(mutants.sites("LessonMlp", "SmallTable", "Widths"), site -> site.change()
                        .set("Network", RANGE + "examples = -1", RANGE + "batch = -1"));
    }

    private void layers() {
        mutants.operator("a negative deviation written").at(mutants.stages("GaussianNoise"), site -> site.change()
                .set("GaussianNoise", RANGE + "deviation = -0.5"));
        mutants.operator("a slope of 1 written")
                .at(mutants.stages("LeakyRelu"), site -> site.change().set("LeakyRelu", RANGE + "slope = 1"));
        mutants.operator("a negative ELU written")
                .at(mutants.stages("Elu"), site -> site.change().set("Elu", RANGE + "alpha = -1"));
        mutants.operator("a momentum of 0 written")
                .at(
                        mutants.stages("BatchNorm").filter(site -> site.isNamed("first", "stem", "wide", "end")),
                        site -> site.change().set("BatchNorm", RANGE + "momentum = 0"));
        mutants.operator("a norm without an epsilon written")
                .at(
                        mutants.stages("LayerNorm").filter(site -> site.isNamed("expand", "norm", "price")),
                        site -> site.change().set("LayerNorm", RANGE + "epsilon = 0"));
    }
}
