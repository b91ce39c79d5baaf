package io.espalier.processor.lint;

import java.util.List;

/**
 * A value that is usual for an element of an annotation: what findings propose, and editors offer.
 *
 * @param annotation simple name of the annotation type
 * @param element the element's name
 * @param text the value as it is written in Java
 * @param purpose what it is usual for, and who says so
 */
public record UsualValue(String annotation, String element, String text, String purpose) {
    private static final String DEFAULT = "the default";

    /** Of several for one element, the first is the usual one where nothing more is known. */
    private static final List<UsualValue> VALUES = List.of(
            new UsualValue("AdamW", "learningRate", "1e-3", DEFAULT + " (Kingma & Ba, 2015)"),
            new UsualValue("AdamW", "beta1", "0.9", DEFAULT + " (Kingma & Ba, 2015)"),
            new UsualValue("AdamW", "beta2", "0.999", DEFAULT + " (Kingma & Ba, 2015)"),
            new UsualValue("AdamW", "epsilon", "1e-8", DEFAULT + " (Kingma & Ba, 2015)"),
            new UsualValue("Adam", "learningRate", "1e-3", DEFAULT + " (Kingma & Ba, 2015)"),
            new UsualValue("Adam", "beta1", "0.9", DEFAULT + " (Kingma & Ba, 2015)"),
            new UsualValue("Adam", "beta2", "0.999", DEFAULT + " (Kingma & Ba, 2015)"),
            new UsualValue("Adam", "epsilon", "1e-8", DEFAULT + " (Kingma & Ba, 2015)"),
            new UsualValue("RmsProp", "learningRate", "1e-2", DEFAULT),
            new UsualValue("RmsProp", "alpha", "0.99", DEFAULT),
            new UsualValue("RmsProp", "epsilon", "1e-8", DEFAULT),
            new UsualValue("RmsProp", "momentum", "0", DEFAULT),
            new UsualValue("Sgd", "learningRate", "0.1", DEFAULT + ", with batch norm (He et al., 2016)"),
            new UsualValue("Sgd", "momentum", "0.9", DEFAULT + " (He et al., 2016)"),
            new UsualValue("WeightDecay", "value", "0.01", DEFAULT + " (Loshchilov & Hutter, 2019)"),
            new UsualValue("WeightDecay", "value", "0.05", "deep residual networks (Liu et al., 2022)"),
            new UsualValue("L1", "value", "1e-5", "some sparsity"),
            new UsualValue(
                    "L2", "value", "1e-4", "with SGD (He et al., 2016); with adaptive optimizers use @WeightDecay"),
            new UsualValue("MaxNorm", "value", "3.0", DEFAULT + ", with dropout (Srivastava et al., 2014)"),
            new UsualValue("MaxNorm", "value", "4.0", "with dropout (Srivastava et al., 2014)"),
            new UsualValue("ClipNorm", "value", "1.0", DEFAULT),
            new UsualValue("LabelSmoothing", "value", "0.1", DEFAULT + " (Szegedy et al., 2016)"),
            new UsualValue("BatchNorm", "momentum", "0.1", DEFAULT),
            new UsualValue("BatchNorm", "epsilon", "1e-5", DEFAULT),
            new UsualValue("LayerNorm", "epsilon", "1e-5", DEFAULT),
            new UsualValue("RmsNorm", "epsilon", "1e-5", DEFAULT),
            new UsualValue("Dropout", "p", "0.5", DEFAULT + ": wide hidden layers (Srivastava et al., 2014)"),
            new UsualValue("Dropout", "p", "0.2", "inputs (Srivastava et al., 2014)"),
            new UsualValue("Dropout", "p", "0.1", "in residual branches (Vaswani et al., 2017)"),
            new UsualValue("DropConnect", "p", "0.5", DEFAULT + " (Wan et al., 2013)"),
            new UsualValue("AlphaDropout", "p", "0.1", DEFAULT + " (Klambauer et al., 2017)"),
            new UsualValue("AlphaDropout", "p", "0.05", "(Klambauer et al., 2017)"),
            new UsualValue("GaussianDropout", "p", "0.1", DEFAULT),
            new UsualValue("GaussianDropout", "p", "0.5", "wide hidden layers (Srivastava et al., 2014)"),
            new UsualValue("GaussianNoise", "deviation", "0.1", DEFAULT),
            new UsualValue("DropPath", "p", "0.1", DEFAULT + ": a few branches"),
            new UsualValue("DropPath", "p", "0.2", "tens of branches (Tan & Le, 2019)"),
            new UsualValue("DropPath", "p", "0.5", "hundreds of branches (Huang et al., 2016)"),
            new UsualValue("LeakyRelu", "slope", "0.01", DEFAULT),
            new UsualValue("Elu", "alpha", "1", DEFAULT + " (Clevert et al., 2016)"),
            new UsualValue("Dense", "times", "4", "the wide stage of a feed-forward block (Vaswani et al., 2017)"));

    /**
     * The values that are usual for an element.
     *
     * @param annotation simple name of the annotation type
     * @param element the element's name
     * @return the most usual first; none if nothing is usual
     */
    public static List<UsualValue> of(String annotation, String element) {
        return VALUES.stream()
                .filter(value ->
                        value.annotation().equals(annotation) && value.element().equals(element))
                .toList();
    }

    /** The most usual value of an element that must have one. */
    static UsualValue first(String annotation, String element) {
        List<UsualValue> values = of(annotation, element);
        if (values.isEmpty()) {
            throw new IllegalStateException("say what is usual for " + element + " of @" + annotation);
        }
        return values.getFirst();
    }
}
