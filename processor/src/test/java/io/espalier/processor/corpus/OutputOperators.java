package io.espalier.processor.corpus;

import static io.espalier.processor.corpus.Mutants.error;
import static io.espalier.processor.corpus.Mutants.warning;

import java.util.List;
import java.util.stream.Stream;

/** Outputs that are not what the loss takes. */
final class OutputOperators {
    private final Mutants mutants;

    OutputOperators(Mutants mutants) {
        this.mutants = mutants;
    }

    void apply() {
        probabilities();
        activations();
        oneClass();
    }

    private void probabilities() {
        String twice = error("SoftmaxBeforeCrossEntropy");
        mutants.operator("softmax put on the outputs")
                .at(ofClasses(), site -> site.change().append(twice + "@Softmax"));
        mutants.operator("sigmoid put on the outputs")
                .at(ofLabels(), site -> site.change().append(twice + "@Sigmoid"));
        mutants.operator("softmax put behind the outputs as a stage")
                .at(
                        Stream.concat(mutants.sites("LessonMlp.logits", "PreNorm.logits", "Groups.logits"), ofLabels()),
                        site -> site.change().stageBehind(twice + "@Softmax", "probabilities"));
    }

    private void activations() {
        String[] activations = {"@Relu", "@LeakyRelu", "@Elu", "@Selu", "@Gelu", "@Silu", "@Tanh"};
        List<Site> outputs = Stream.concat(ofClasses(), ofLabels()).toList();
        for (int i = 0; i < outputs.size(); i++) {
            String activation = activations[i % activations.length];
            mutants.operator("an activation put on the outputs").at(Stream.of(outputs.get(i)), site -> site.change()
                    .append(warning("ActivationOnLogits") + activation));
        }
        mutants.operator("an activation put behind the outputs as a stage")
                .at(
                        mutants.sites(
                                "LessonMlp.logits", "BreastCancer.malignant", "ManyLabels.topics", "Groups.logits"),
                        site -> site.change().stageBehind(warning("ActivationOnLogits") + "@Relu", "end"));
    }

    private void oneClass() {
        String single = error("CrossEntropyOfOneClass");
        mutants.operator("cross-entropy written for a single output")
                .at(
                        mutants.networks()
                                .filter(site ->
                                        site.type().output().get("Dense").text().equals("@Dense(1)")),
                        site -> site.change().set("Network", single + "loss = Loss.CROSS_ENTROPY"));
        mutants.operator("one unit left for the classes").at(ofClasses(), site -> site.change()
                .value("Dense", "1")
                .at(site.typePath())
                .before("Network", single));
    }

    private Stream<Site> ofClasses() {
        return mutants.outputs().filter(site -> !loss(site).contains("loss"));
    }

    private Stream<Site> ofLabels() {
        return mutants.outputs().filter(site -> loss(site).contains("BINARY_CROSS_ENTROPY"));
    }

    private static String loss(Site site) {
        return site.type().get("Network").text();
    }
}
