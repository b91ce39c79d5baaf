package io.espalier.processor.graph;

import io.espalier.processor.read.AnnotationDeclaration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What each operation of the language makes of a shape: the one place that an operation's annotation comes to by name. */
final class OperationFactory {
    private final Defects defects;

    OperationFactory(Defects defects) {
        this.defects = defects;
    }

    /**
     * An operation at its place.
     *
     * @param operation what it computes
     * @param shape what leaves it, unknown after a mistake
     * @param parameters its parameters, none after a mistake
     */
    record Placed(Operation operation, Shape shape, List<ParameterNode> parameters) {}

    /** The operation that an annotation stands for; empty where it stands for none, which is then among the defects. */
    Optional<Placed> place(AnnotationDeclaration annotation, Site site) {
        Placed placed =
                switch (annotation.name()) {
                    case "Dense" -> dense(annotation, site);
                    case "BatchNorm" -> batchNorm(annotation, site);
                    case "LayerNorm" -> layerNorm(annotation, site);
                    case "RmsNorm" -> rmsNorm(annotation, site);
                    case "Relu" -> activation(Operation.Activation.Function.RELU, site);
                    case "LeakyRelu" -> elementwise(new Operation.LeakyRelu(annotation.doubleValue("slope")), site);
                    case "Elu" -> elementwise(new Operation.Elu(annotation.doubleValue("alpha")), site);
                    case "Selu" -> activation(Operation.Activation.Function.SELU, site);
                    case "Gelu" -> activation(Operation.Activation.Function.GELU, site);
                    case "Silu" -> activation(Operation.Activation.Function.SILU, site);
                    case "Tanh" -> activation(Operation.Activation.Function.TANH, site);
                    case "Sigmoid" -> activation(Operation.Activation.Function.SIGMOID, site);
                    case "Softmax" -> new Placed(new Operation.Softmax(), featuresOnly(annotation, site), List.of());
                    case "Flatten" -> flatten(site);
                    case "AlphaDropout" -> elementwise(new Operation.AlphaDropout(annotation.doubleValue("p")), site);
                    case "GaussianDropout" ->
                        elementwise(new Operation.GaussianDropout(annotation.doubleValue("p")), site);
                    case "GaussianNoise" ->
                        elementwise(new Operation.GaussianNoise(annotation.doubleValue("deviation")), site);
                    case "Dropout" -> elementwise(new Operation.Dropout(annotation.doubleValue("p")), site);
                    case "DropConnect" -> elementwise(new Operation.DropConnect(annotation.doubleValue("p")), site);
                    default -> null;
                };
        if (placed == null) {
            defects.structure(
                    annotation.point(),
                    "@" + annotation.name() + " on '" + site.stage().name()
                            + "' is no operation that this version of the processor knows. Use a processor and a runtime "
                            + "of the same version");
        }
        return Optional.ofNullable(placed);
    }

    private Placed dense(AnnotationDeclaration annotation, Site site) {
        boolean bias =
                switch (annotation.enumValue("bias")) {
                    case "ON" -> true;
                    case "OFF" -> false;
                    default -> !site.batchNormNext();
                };
        OptionalInt units = Width.units(annotation, site, defects);
        Shape in = featuresOnly(annotation, site);
        Operation operation = new Operation.Dense(units.orElse(0), bias);
        if (units.isEmpty() || !in.isKnown()) {
            return new Placed(operation, Shape.UNKNOWN, List.of());
        }
        int out = units.getAsInt();
        if (in.size() * (out + 15L) > Integer.MAX_VALUE) {
            defects.value(
                    annotation.pointOf(annotation.value("times").explicit() ? "times" : "value"),
                    "@Dense on '" + site.stage().name() + "' has " + out + "·" + in.size() + " = " + in.size() * out
                            + " weights: at most " + Integer.MAX_VALUE);
            return new Placed(operation, Shape.UNKNOWN, List.of());
        }
        ParameterNode weight = site.parameter(
                "dense", "weight", ParameterNode.Role.WEIGHT, out, in.extents().getFirst());
        List<ParameterNode> parameters =
                bias ? List.of(weight, site.parameter("dense", "bias", ParameterNode.Role.BIAS, out)) : List.of(weight);
        return new Placed(operation, Shape.features(out), parameters);
    }

    private Placed batchNorm(AnnotationDeclaration annotation, Site site) {
        Operation operation =
                new Operation.BatchNorm(annotation.doubleValue("momentum"), annotation.doubleValue("epsilon"));
        Shape shape = featuresOnly(annotation, site);
        if (!shape.isKnown()) {
            return new Placed(operation, shape, List.of());
        }
        int width = shape.extents().getFirst();
        return new Placed(
                operation,
                shape,
                List.of(
                        site.parameter("batchNorm", "scale", ParameterNode.Role.NORM_SCALE, width),
                        site.parameter("batchNorm", "shift", ParameterNode.Role.NORM_SHIFT, width),
                        site.parameter("batchNorm", "runningMean", ParameterNode.Role.RUNNING_MEAN, width),
                        site.parameter("batchNorm", "runningVariance", ParameterNode.Role.RUNNING_VARIANCE, width)));
    }

    private Placed layerNorm(AnnotationDeclaration annotation, Site site) {
        Operation operation = new Operation.LayerNorm(annotation.doubleValue("epsilon"));
        Shape shape = featuresOnly(annotation, site);
        if (!shape.isKnown()) {
            return new Placed(operation, shape, List.of());
        }
        int width = shape.extents().getFirst();
        return new Placed(
                operation,
                shape,
                List.of(
                        site.parameter("layerNorm", "scale", ParameterNode.Role.NORM_SCALE, width),
                        site.parameter("layerNorm", "shift", ParameterNode.Role.NORM_SHIFT, width)));
    }

    private Placed rmsNorm(AnnotationDeclaration annotation, Site site) {
        Operation operation = new Operation.RmsNorm(annotation.doubleValue("epsilon"));
        Shape shape = featuresOnly(annotation, site);
        if (!shape.isKnown()) {
            return new Placed(operation, shape, List.of());
        }
        int width = shape.extents().getFirst();
        return new Placed(
                operation, shape, List.of(site.parameter("rmsNorm", "scale", ParameterNode.Role.NORM_SCALE, width)));
    }

    private static Placed activation(Operation.Activation.Function function, Site site) {
        return elementwise(new Operation.Activation(function), site);
    }

    /** An operation of each value by itself, without parameters. */
    private static Placed elementwise(Operation operation, Site site) {
        return new Placed(operation, site.in(), List.of());
    }

    private static Placed flatten(Site site) {
        Shape in = site.in();
        return new Placed(
                new Operation.Flatten(), in.isKnown() ? Shape.features(Math.toIntExact(in.size())) : in, List.of());
    }

    /** The shape that comes in if it is a row of features; else unknown, with a defect unless a mistake made it so. */
    private Shape featuresOnly(AnnotationDeclaration annotation, Site site) {
        if (site.in().isKnown() && !site.in().isFeatures()) {
            defects.shape(
                    annotation.point(),
                    "@" + annotation.name() + " on '" + site.stage().name() + "' takes a row of features, but "
                            + site.in() + " comes in. Shapes: " + site.trail() + ". Put @Flatten before it");
            return Shape.UNKNOWN;
        }
        return site.in();
    }
}
