package io.espalier.processor.operation;

import java.util.List;
import java.util.Map;

/** The attributes of annotations that are no operations: of training, of the network, and of a stage as a whole. */
final class Settings {
    private static final String KINGMA_BA = " (Kingma & Ba, 2015)";

    private static final List<Attribute> ADAM = List.of(
            learningRate(Choice.byDefault("1e-3", KINGMA_BA)),
            new Attribute(
                    "beta1", Range.BELOW_ONE, "the decay of the first moment", Choice.byDefault("0.9", KINGMA_BA)),
            new Attribute(
                    "beta2", Range.BELOW_ONE, "the decay of the second moment", Choice.byDefault("0.999", KINGMA_BA)),
            divisor(Choice.byDefault("1e-8", KINGMA_BA)));

    private static final List<Attribute> RMS_PROP = List.of(
            learningRate(Choice.byDefault("1e-2")),
            new Attribute("alpha", Range.BELOW_ONE, "the decay of the mean of squares", Choice.byDefault("0.99")),
            divisor(Choice.byDefault("1e-8")),
            momentum(Choice.byDefault("0")));

    private static final List<Attribute> SGD = List.of(
            learningRate(Choice.byDefault("0.1", ", with batch norm (He et al., 2016)")),
            momentum(Choice.byDefault("0.9", " (He et al., 2016)")));

    private static final List<Attribute> WEIGHT_DECAY = List.of(
            new Attribute(
                    "value",
                    Range.ZERO_OR_MORE,
                    "the rate at which weights shrink",
                    Choice.byDefault("0.01", " (Loshchilov & Hutter, 2019)"),
                    new Choice("0.05", "deep residual networks (Liu et al., 2022)")),
            new Attribute(
                    "exclude",
                    Range.OPEN,
                    "what does not decay",
                    new Choice("BIAS_NORM", "biases and the scales and shifts of norms do not decay"),
                    new Choice("NONE", "everything decays"),
                    new Choice("BIAS", "biases do not decay"),
                    new Choice("NORM", "the scales and shifts of norms do not decay"),
                    new Choice("BIAS_NORM_EMBEDDING", "biases, norms and embeddings do not decay")));

    private static final Attribute L1 = new Attribute(
            "value", Range.ZERO_OR_MORE, "the factor of the penalty", new Choice("1e-5", "some sparsity"));

    private static final Attribute L2 = new Attribute(
            "value",
            Range.ZERO_OR_MORE,
            "the factor of the penalty",
            new Choice("1e-4", "with SGD (He et al., 2016); with adaptive optimizers use @WeightDecay"));

    private static final Attribute MAX_NORM = new Attribute(
            "value",
            Range.ABOVE_ZERO,
            "the largest norm that a unit's weights may have",
            Choice.byDefault("3.0", ", with dropout (Srivastava et al., 2014)"),
            new Choice("4.0", "with dropout (Srivastava et al., 2014)"));

    private static final Attribute CLIP_NORM = new Attribute(
            "value", Range.ABOVE_ZERO, "the largest norm that gradients may have", Choice.byDefault("1.0"));

    /** Its range depends on the number of classes. */
    private static final Attribute LABEL_SMOOTHING = new Attribute(
            "value",
            Range.OPEN,
            "the part of the target that is shared out among all classes",
            Choice.byDefault("0.1", " (Szegedy et al., 2016)"));

    private static final List<Attribute> NETWORK = List.of(
            new Attribute(
                    "loss",
                    Range.OPEN,
                    "what training minimizes",
                    new Choice("CROSS_ENTROPY", "one of several classes; applies softmax itself"),
                    new Choice(
                            "BINARY_CROSS_ENTROPY",
                            "independent labels, or a single yes or no; applies sigmoid itself"),
                    new Choice("MEAN_SQUARED_ERROR", "values: regression")),
            new Attribute("examples", Range.COUNT, "the number of training examples"),
            new Attribute("batch", Range.COUNT, "the number of examples in a batch"));

    private static final List<Attribute> DROP_PATH = List.of(
            new Attribute(
                    "p",
                    Range.PROBABILITY,
                    "the probability of dropping",
                    Choice.byDefault("0.1", ": a few branches"),
                    new Choice("0.2", "tens of branches (Tan & Le, 2019)"),
                    new Choice("0.5", "hundreds of branches (Huang et al., 2016)")),
            new Attribute(
                    "schedule",
                    Range.OPEN,
                    "how the rate depends on the depth of the branch",
                    new Choice("LINEAR", "from 0 at the first residual branch to p at the last"),
                    new Choice("CONSTANT", "p at every residual branch")));

    private static final Attribute SHORTCUT = new Attribute(
            "shortcut",
            Range.OPEN,
            "what the shortcut does",
            new Choice("AUTO", "a learned projection where the shapes differ"),
            new Choice("IDENTITY", "what comes in, as it is: the shapes must agree"),
            new Choice("PROJECTION", "a learned projection"));

    /** By the simple name of the annotation type. */
    static final Map<String, List<Attribute>> ATTRIBUTES = Map.ofEntries(
            Map.entry("AdamW", ADAM),
            Map.entry("Adam", ADAM),
            Map.entry("RmsProp", RMS_PROP),
            Map.entry("Sgd", SGD),
            Map.entry("WeightDecay", WEIGHT_DECAY),
            Map.entry("L1", List.of(L1)),
            Map.entry("L2", List.of(L2)),
            Map.entry("MaxNorm", List.of(MAX_NORM)),
            Map.entry("ClipNorm", List.of(CLIP_NORM)),
            Map.entry("LabelSmoothing", List.of(LABEL_SMOOTHING)),
            Map.entry("Network", NETWORK),
            Map.entry("DropPath", DROP_PATH),
            Map.entry("Residual", List.of(SHORTCUT)));

    private Settings() {}

    private static Attribute learningRate(Choice usual) {
        return new Attribute("learningRate", Range.ABOVE_ZERO, "the learning rate", usual);
    }

    private static Attribute divisor(Choice usual) {
        return new Attribute("epsilon", Range.ABOVE_ZERO, "what keeps the step's divisor from 0", usual);
    }

    private static Attribute momentum(Choice usual) {
        return new Attribute("momentum", Range.BELOW_ONE, "the part of the last step that the next one keeps", usual);
    }
}
