package io.espalier.processor.corpus;

import static io.espalier.processor.corpus.Mutants.error;
import static io.espalier.processor.corpus.Mutants.warning;

import java.util.stream.Stream;

/** Noise in wrong places: behind the output, off SELU, off weights, nowhere under Monte Carlo. */
final class NoiseOperators {
    private static final String ON_OUTPUT = error("DropoutOnOutput");
    private static final String OFF_SELU = warning("AlphaDropoutWithoutSelu");
    private static final String FEW_EXAMPLES = warning("TooManyRegularizers");

    private final Mutants mutants;

    NoiseOperators(Mutants mutants) {
        this.mutants = mutants;
    }

    void apply() {
        behindTheOutput();
        offSelu();
        offWeights();
        nowhere();
    }

    private void behindTheOutput() {
        mutants.operator("dropout added behind the output")
                // It has dropout before the weights already, and a third kind of regularizer is one too many.
                .except("DropoutUncertainty.value", site -> site.change()
                        .append(ON_OUTPUT + "@GaussianNoise")
                        .at("DropoutUncertainty")
                        .set("Network", FEW_EXAMPLES + "examples = 506"))
                .at(mutants.outputs(), site -> site.change().append(ON_OUTPUT + "@Dropout(p = 0.1)"));
        mutants.operator("the last noise moved behind the output")
                .at(mutants.outputs().filter(Site::followsNoise), site -> {
                    StageText before = site.before().orElseThrow();
                    AnnotationText noise = before.annotations().getLast();
                    return site.change()
                            .append(ON_OUTPUT + noise.text())
                            .at(site.typePath() + "." + before.name())
                            .remove(noise.name());
                });
    }

    private void offSelu() {
        mutants.operator("dropout replaced by alpha dropout")
                // The input, which is standardized, may have it.
                .except("DropoutMnist.pixels", site -> toAlpha(site, ""))
                .except("MaskingAutoencoder.corrupted", site -> toAlpha(site, ""))
                .except("DropoutUncertainty.first", site -> toAlpha(site, "")
                        .at("DropoutUncertainty")
                        .set("Network", FEW_EXAMPLES + "examples = 506"))
                // Beside @Dropout and @WeightDecay it is a third kind.
                .except("DropoutUncertainty.second", site -> toAlpha(site, OFF_SELU)
                        .at("DropoutUncertainty")
                        .set("Network", FEW_EXAMPLES + "examples = 506"))
                .except("DropoutUncertainty.value", site -> toAlpha(site, OFF_SELU)
                        .at("DropoutUncertainty")
                        .set("Network", FEW_EXAMPLES + "examples = 506"))
                .at(mutants.stages("Dropout"), site -> toAlpha(site, OFF_SELU));
        mutants.operator("alpha dropout replaced by dropout").at(mutants.stages("AlphaDropout"), site -> site.change()
                .replace("AlphaDropout", OFF_SELU + "@Dropout(p = 0.05)"));
        mutants.operator("SELU before alpha dropout replaced by GELU").at(mutants.stages("Selu"), site -> site.change()
                .replace("Selu", "@Gelu")
                .before("AlphaDropout", OFF_SELU));
        mutants.operator("activation before dropout replaced by SELU")
                .at(
                        Stream.of("Relu", "Gelu").flatMap(activation -> mutants.stages(activation)
                                .filter(site -> site.endsInNoise() && site.has("Dropout"))),
                        site -> site.change()
                                .replace(site.has("Relu") ? "Relu" : "Gelu", "@Selu")
                                .before("Dropout", OFF_SELU));
    }

    private static Change toAlpha(Site site, String mark) {
        return site.change().replace("Dropout", mark + "@AlphaDropout(" + site.arguments("Dropout") + ")");
    }

    private void offWeights() {
        mutants.operator("drop connect added where there are no weights")
                .at(
                        mutants.sites(
                                site -> site.stage().filter(StageText::isLayer).isPresent() && !site.has("Dense")),
                        site -> site.change().append(error("DropConnectOffWeights") + "@DropConnect(p = 0.1)"));
    }

    private void nowhere() {
        mutants.operator("Monte Carlo added where nothing is random")
                .at(mutants.networks().filter(NoiseOperators::hasNothingRandom), site -> site.change()
                        .prepend(error("MonteCarloWithoutDropout") + "@MonteCarlo"));
        mutants.operator("all dropout taken away under Monte Carlo")
                .at(mutants.sites("DropoutUncertainty"), site -> site.change()
                        .before("MonteCarlo", error("MonteCarloWithoutDropout"))
                        .at("first")
                        .remove("Dropout")
                        .at("second")
                        .remove("Dropout")
                        .at("value")
                        .remove("Dropout"));
    }

    private static boolean hasNothingRandom(Site network) {
        Stream<TypeText> types =
                network.model().networks().size() > 1 ? Stream.of(network.type()) : network.model().types().stream();
        return types.flatMap(type -> Stream.concat(
                        type.annotations().stream(),
                        type.stages().stream().flatMap(stage -> stage.annotations().stream())))
                .map(AnnotationText::name)
                .noneMatch(name ->
                        StageText.NOISE.contains(name) || name.equals("DropConnect") || name.equals("DropPath"));
    }
}
