package io.espalier.processor.corpus;

import static io.espalier.processor.corpus.Mutants.warning;

/** Noise on what has noise already. */
final class ConsecutiveNoiseOperators {
    private static final String CONSECUTIVE = warning("ConsecutiveDropout");
    private static final String FEW_EXAMPLES = warning("TooManyRegularizers");

    private final Mutants mutants;

    ConsecutiveNoiseOperators(Mutants mutants) {
        this.mutants = mutants;
    }

    void apply() {
        mutants.operator("noise added behind noise")
                // A third kind of regularizer, for 178 examples.
                .except("SmallTable.hidden", site -> site.change()
                        .append(CONSECUTIVE + "@GaussianNoise")
                        .at("SmallTable")
                        .set("Network", FEW_EXAMPLES + "examples = 178"))
                .at(mutants.sites(Site::endsInNoise), site -> site.change().append(CONSECUTIVE + "@GaussianNoise"));
        mutants.operator("drop connect added to weights behind noise")
                // A third kind again.
                .except("SmallTable.cultivar", site -> site.change()
                        .prepend(CONSECUTIVE + "@DropConnect(p = 0.1)")
                        .at("SmallTable")
                        .set("Network", FEW_EXAMPLES + "examples = 178"))
                .at(
                        mutants.sites(site -> site.has("Dense")
                                && !site.stage()
                                        .get()
                                        .annotations()
                                        .getFirst()
                                        .name()
                                        .endsWith("Norm")
                                && site.followsNoise()),
                        site -> site.change().prepend(CONSECUTIVE + "@DropConnect(p = 0.1)"));
        mutants.operator("noise added before a repeated stage that ends in noise")
                .at(mutants.stages("Repeat").filter(site -> site.endsInNoise()), site -> site.change()
                        .before("Dense", CONSECUTIVE + "@GaussianNoise"));
        mutants.operator("noise added before flattened noise")
                .at(
                        mutants.sites("MaskingAutoencoder.corrupted"),
                        site -> site.change().prepend("@GaussianNoise").before("Dropout", CONSECUTIVE));
        mutants.operator("noise added before drop connect").at(mutants.stages("DropConnect"), site -> site.change()
                .prepend("@GaussianNoise")
                .before("DropConnect", CONSECUTIVE));
    }
}
