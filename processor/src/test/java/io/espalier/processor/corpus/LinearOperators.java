package io.espalier.processor.corpus;

import static io.espalier.processor.corpus.Mutants.warning;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Activations taken away from between linear operations, or replaced by what is none. */
final class LinearOperators {
    private static final String LINEAR = warning("MissingNonlinearity");

    private static final Set<String> ACTIVATIONS =
            Set.of("Relu", "LeakyRelu", "Elu", "Selu", "Gelu", "Silu", "Tanh", "Sigmoid");

    /**
     * Where the linear operations stand that follow the one whose activation goes, if not in the next stage only.
     */
    private static final Map<String, String[]> FOLLOWING = Map.ofEntries(
            Map.entry("Acoustic.hidden", new String[] {"hidden", "states"}),
            Map.entry("EluMnist.hidden", new String[] {"hidden", "logits"}),
            Map.entry("GeluMnist.hidden", new String[] {"hidden", "logits"}),
            Map.entry("PhysicsInformed.hidden", new String[] {"hidden", "field"}),
            Map.entry("SelfNormalizing.hidden", new String[] {"hidden", "logits"}),
            Map.entry("TabularMlp.middle", new String[] {"middle", "last"}),
            // Its batch norm and activation stand before its weights.
            Map.entry("PreActivation.Branch.second", new String[] {"Branch.second"}));

    private final Mutants mutants;

    LinearOperators(Mutants mutants) {
        this.mutants = mutants;
    }

    void apply() {
        taken();
        replaced();
    }

    private void taken() {
        mutants.operator("an activation taken from between linear operations")
                // A norm over features is no linear operation.
                .except("Actor.first", LinearOperators::withoutActivation)
                .except("Actor.second", LinearOperators::withoutActivation)
                .except("TabularResNet.price", LinearOperators::withoutActivation)
                // A residual join whose branch is none lies before it.
                .except("PreActivation.end", LinearOperators::withoutActivation)
                // The code of an autoencoder may be linear.
                .except("DenoisingAutoencoder.code", LinearOperators::withoutActivation)
                // What the stem makes is what the branches add to: it goes around the first one, too.
                .except("PostActivation.stem", LinearOperators::withoutActivation)
                .except("StochasticDepth.stem", LinearOperators::withoutActivation)
                .except("PreActivation.Branch.first", LinearOperators::withoutActivation)
                // Alpha dropout is then off SELU, too.
                .except(
                        "SelfNormalizing.first",
                        site -> without(site).at("first").before("AlphaDropout", offSelu()))
                .except(
                        "SelfNormalizing.hidden",
                        site -> without(site).at("hidden").before("AlphaDropout", offSelu()))
                // They would have no operation left.
                .leavingOut("PostActivation.Unit.sum", "StochasticDepth.Unit.sum")
                .at(mutants.sites(site -> activation(site).isPresent() && !isOutput(site)), LinearOperators::without);
    }

    private static String offSelu() {
        return warning("AlphaDropoutWithoutSelu");
    }

    private void replaced() {
        String[] sites = {
            "LeNet300.first",
            "SparseText.hidden",
            "WideAndDeep.third",
            "Torques.first",
            "Autoencoder.encode1",
            "PostNorm.FeedForward.expand",
            "Groups.Unit.expand",
            "TwoModels.Student.first"
        };
        for (String other : new String[] {"@BatchNorm", "@GaussianDropout(p = 0.1)"}) {
            mutants.operator("an activation replaced by what is none")
                    .at(
                            mutants.sites(sites),
                            site -> marked(
                                    site, site.change().replace(activation(site).orElseThrow(), other)));
        }
    }

    private static Change withoutActivation(Site site) {
        return site.change().remove(activation(site).orElseThrow());
    }

    private static Change without(Site site) {
        return marked(site, withoutActivation(site));
    }

    private static Change marked(Site site, Change change) {
        String[] following = FOLLOWING.get(site.path());
        if (following == null) {
            following = new String[] {
                site.typePath() + "." + site.behind().orElseThrow().name()
            };
        }
        for (String stage : following) {
            change.at(stage).before("Dense", LINEAR);
        }
        return change;
    }

    private static Optional<String> activation(Site site) {
        return site.stage().stream()
                .flatMap(stage -> stage.annotations().stream())
                .map(AnnotationText::name)
                .filter(ACTIVATIONS::contains)
                .findFirst();
    }

    private static boolean isOutput(Site site) {
        return site.type().isNetwork()
                && site.type().output().equals(site.stage().orElseThrow())
                && !site.has("LayerNorm");
    }
}
