package io.espalier.processor.graph;

import io.espalier.processor.graph.TrainingSettings.Exclusion;
import io.espalier.processor.graph.TrainingSettings.Optimizer;
import io.espalier.processor.operation.Defects;
import io.espalier.processor.read.AnnotationDeclaration;
import io.espalier.processor.read.ModelDeclaration;
import java.util.Optional;
import java.util.OptionalDouble;

/** The settings of training from the annotations on a network's class. */
final class TrainingFactory {
    /** Decay of AdamW where none is written, as in Loshchilov and Hutter's own and PyTorch's. */
    private static final double ADAMW_DECAY = 0.01;

    private TrainingFactory() {}

    static TrainingSettings settings(ModelDeclaration network, Defects defects) {
        Optional<AnnotationDeclaration> chosen = Optional.empty();
        Optimizer optimizer = new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8);
        for (AnnotationDeclaration annotation : network.annotations()) {
            Optional<Optimizer> named = optimizer(annotation);
            if (named.isPresent() && chosen.isPresent()) {
                defects.structure(
                        annotation.point(),
                        "@" + annotation.name() + " is a second optimizer beside @"
                                + chosen.get().name() + ". Keep one of them");
            } else if (named.isPresent()) {
                chosen = Optional.of(annotation);
                optimizer = named.get();
            }
        }
        Optional<AnnotationDeclaration> decay = network.annotation("WeightDecay");
        double byDefault =
                chosen.map(AnnotationDeclaration::name).orElse("AdamW").equals("AdamW") ? ADAMW_DECAY : 0;
        return new TrainingSettings(
                optimizer,
                chosen,
                decay.map(annotation -> annotation.doubleValue("value")).orElse(byDefault),
                decay.map(annotation -> exclusion(annotation.enumValue("exclude")))
                        .orElse(Exclusion.BIAS_NORM),
                value(network, "L1").orElse(0),
                value(network, "L2").orElse(0),
                value(network, "LabelSmoothing").orElse(0),
                value(network, "ClipNorm"),
                value(network, "MaxNorm"));
    }

    /** The value of an annotation, if it is there. */
    private static OptionalDouble value(ModelDeclaration network, String annotation) {
        return network.annotation(annotation)
                .map(found -> OptionalDouble.of(found.doubleValue("value")))
                .orElseGet(OptionalDouble::empty);
    }

    private static Optional<Optimizer> optimizer(AnnotationDeclaration annotation) {
        return switch (annotation.name()) {
            case "AdamW", "Adam" ->
                Optional.of(new Optimizer.Adam(
                        annotation.doubleValue("learningRate"),
                        annotation.doubleValue("beta1"),
                        annotation.doubleValue("beta2"),
                        annotation.doubleValue("epsilon")));
            case "RmsProp" ->
                Optional.of(new Optimizer.RmsProp(
                        annotation.doubleValue("learningRate"),
                        annotation.doubleValue("alpha"),
                        annotation.doubleValue("epsilon"),
                        annotation.doubleValue("momentum")));
            case "Sgd" ->
                Optional.of(new Optimizer.Sgd(
                        annotation.doubleValue("learningRate"),
                        annotation.doubleValue("momentum"),
                        annotation.booleanValue("nesterov")));
            default -> Optional.empty();
        };
    }

    private static Exclusion exclusion(String name) {
        return switch (name) {
            case "NONE" -> Exclusion.NONE;
            case "BIAS" -> Exclusion.BIAS;
            case "NORM" -> Exclusion.NORM;
            case "BIAS_NORM_EMBEDDING" -> Exclusion.BIAS_NORM_EMBEDDING;
            default -> Exclusion.BIAS_NORM;
        };
    }
}
