package io.espalier.processor.corpus;

import java.util.List;
import java.util.stream.Stream;

/** Changes that make no mistake, near those that do: nothing is to be found. */
final class HarmlessOperators {
    private final Mutants mutants;

    HarmlessOperators(Mutants mutants) {
        this.mutants = mutants;
    }

    void apply() {
        activations();
        noise();
        branches();
        training();
        declaredNumbers();
    }

    private void activations() {
        List<String> others = List.of("@Gelu", "@Silu", "@Tanh", "@LeakyRelu", "@Elu", "@Sigmoid");
        List<Site> sites = mutants.stages("Relu").toList();
        for (int i = 0; i < sites.size(); i++) {
            String other = others.get(i % others.size());
            mutants.operator("ReLU replaced by another activation")
                    .at(Stream.of(sites.get(i)), site -> site.change().replace("Relu", other));
        }
        mutants.operator("an activation replaced by a norm over features")
                .at(
                        mutants.sites(
                                "LeNet300.first", "SparseText.hidden", "Torques.first", "PostNorm.FeedForward.expand"),
                        site -> site.change()
                                .replace(site.has("Tanh") ? "Tanh" : site.has("Silu") ? "Silu" : "Relu", "@RmsNorm"));
        mutants.operator("an activation put on values")
                .at(
                        mutants.sites("TabularResNet.price", "Torques.torques", "PhysicsInformed.field"),
                        site -> site.change().append("@Tanh"));
    }

    private void noise() {
        mutants.operator("dropout of 0.1 put before the last weights")
                .at(
                        mutants.sites(
                                "LeNet300.logits",
                                "EluMnist.logits",
                                "WideAndDeep.acquired",
                                "Torques.torques",
                                "PreActivation.logits",
                                "PostActivation.logits",
                                "StochasticDepth.logits",
                                "Autoencoder.pixels",
                                "TabularResNet.price",
                                "TwoModels.Student.logits"),
                        site -> site.change().before("Dense", "@Dropout(p = 0.1)"));
        mutants.operator("noise put on both sides of an activation")
                .at(
                        mutants.sites("KerasMnist.first", "TabularMlp.middle", "PreNorm.FeedForward.expand"),
                        site -> site.change().behind("Dense", "@GaussianNoise"));
        mutants.operator("dropout behind the last batch norm made 0.3")
                .at(mutants.sites("LessonMlp.narrow"), site -> site.change().set("Dropout", "p = 0.3"));
        mutants.operator("dropout of 0 written")
                .at(
                        mutants.stages("Dropout").filter(site -> site.isNamed("hidden", "narrow", "middle", "project")),
                        site -> site.change().set("Dropout", "p = 0"));
        mutants.operator("dropout of 0 put between batch norms and behind the output")
                .at(
                        mutants.sites("LessonMlp.wide", "PreActivation.logits", "PostActivation.stem"),
                        site -> site.change().append("@Dropout(p = 0)"));
        mutants.operator("dropout of 0.79 written")
                .at(mutants.sites("KerasMnist.first", "TabularMlp.last", "ManyLabels.hidden"), site -> site.change()
                        .set("Dropout", "p = 0.79"));
        mutants.operator("Monte Carlo added where something is random")
                .at(
                        mutants.sites(
                                "LessonMlp",
                                "DropConnectMnist",
                                "GaussianMnist",
                                "SelfNormalizing",
                                "StochasticDepth",
                                "DenoisingAutoencoder"),
                        site -> site.change().prepend("@MonteCarlo"));
    }

    private void branches() {
        mutants.operator("constant drop path given to a branch").at(mutants.stages("Residual"), site -> site.change()
                .prepend("@DropPath(p = 0.2, schedule = Schedule.CONSTANT)"));
        mutants.operator("an identity asked for where shapes agree")
                .at(
                        mutants.sites(
                                "TabularResNet.blocks",
                                "PreActivation.branches",
                                "Mixer.MixerBlock.tokens",
                                "Widths.narrow"),
                        site -> site.change().replace("Residual", "@Residual(shortcut = Shortcut.IDENTITY)"));
    }

    private void training() {
        mutants.operator("a bias asked for that not only a batch norm takes")
                .at(
                        mutants.sites("LeNet300.first", "PreActivation.stem", "PreActivation.Branch.second"),
                        site -> site.change().set("Dense", "bias = Bias.ON"));
        mutants.operator("SGD replaced by an adaptive optimizer")
                .at(mutants.networks().filter(site -> site.has("Sgd") && !site.has("L2")), site -> site.change()
                        .replace("Sgd", "@AdamW(learningRate = 3e-4)"));
        mutants.operator("L2 added under SGD")
                .at(mutants.sites("LeNet300", "StochasticDepth", "SparseText", "SelfNormalizing"), site -> site.change()
                        .prepend("@L2(1e-4)"));
        mutants.operator("embeddings left out of weight decay, too")
                .at(mutants.sites("LessonMlp", "TabularMlp", "RmsPreNorm", "PreActivation"), site -> site.change()
                        .set("WeightDecay", "exclude = Exclude.BIAS_NORM_EMBEDDING"));
        mutants.operator("label smoothing added for classes")
                .at(
                        mutants.sites("KerasMnist", "SelfNormalizing", "Mixer", "StochasticDepth", "TwoModels.Student"),
                        site -> site.change().prepend("@LabelSmoothing"));
        mutants.operator("strong label smoothing written, below equal guesses")
                .at(mutants.sites("LessonMlp", "PreNorm"), site -> site.change().value("LabelSmoothing", "0.89"));
    }

    private void declaredNumbers() {
        mutants.operator("the least and the largest batches for a batch norm declared")
                .at(mutants.sites("LessonMlp", "PreActivation"), site -> site.change()
                        .set("Network", "examples = 0", "batch = 8"));
        mutants.operator("the least and the largest batches for a batch norm declared")
                .at(mutants.sites("PostActivation", "StochasticDepth"), site -> site.change()
                        .set("Network", "examples = 0", "batch = 4095"));
        mutants.operator("two examples left over")
                .at(
                        mutants.sites("LessonMlp", "PreActivation", "PostActivation", "StochasticDepth"),
                        site -> site.change().set("Network", "examples = 6402", "batch = 64"));
        mutants.operator("batches of one and huge ones declared without a batch norm")
                .at(mutants.sites("SmallTable", "TabularMlp", "Widths", "Actor"), site -> site.change()
                        .set("Network", "examples = 8193", "batch = 1"));
        mutants.operator("batches of one and huge ones declared without a batch norm")
                .at(mutants.sites("SmallTable", "TabularMlp", "Widths", "Actor"), site -> site.change()
                        .set("Network", "examples = 8193", "batch = 8192"));
        mutants.operator("few examples declared under little regularization")
                .at(
                        mutants.sites(
                                "LeNet300",
                                "KerasMnist",
                                "NumberEmbeddings",
                                "PostNorm",
                                "Mixer",
                                "Widths",
                                "StochasticDepth",
                                "SelfNormalizing",
                                "SparseText",
                                "Groups"),
                        site -> site.change().set("Network", "examples = 500"));
        mutants.operator("a thousand examples declared under much regularization")
                .at(mutants.sites("DropoutMnist", "LessonMlp", "ResMlp"), site -> site.change()
                        .set("Network", "examples = 1000"));
    }
}
