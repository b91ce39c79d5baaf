package io.espalier.processor.operation;

import io.espalier.processor.ir.Role;
import io.espalier.processor.read.AnnotationDeclaration;
import java.util.List;

/**
 * Batch normalization (Ioffe and Szegedy, 2015).
 *
 * @param momentum weight of a new batch in the running estimates, as it is written: it may lie outside its range
 * @param epsilon added to the variance, as it is written: it may lie outside its range
 */
public record BatchNorm(double momentum, double epsilon) implements Operation {
    static final Definition DEFINITION = Definition.of(
                    "BatchNorm",
                    BatchNorm::apply,
                    new Attribute(
                            "momentum",
                            Range.UP_TO_ONE,
                            "the weight of a new batch in the running estimates",
                            Choice.byDefault("0.1")),
                    new Attribute(
                            "epsilon", Range.ABOVE_ZERO, "what keeps the variance from 0", Choice.byDefault("1e-5")))
            .with(Definition.Trait.NORMALIZES_BATCH);

    private static Applied apply(AnnotationDeclaration annotation, Site site, Defects defects) {
        return Applied.toFeatures(
                new BatchNorm(annotation.doubleValue("momentum"), annotation.doubleValue("epsilon")),
                annotation,
                site,
                defects,
                width -> List.of(
                        site.parameter("batchNorm.scale", Role.NORM_SCALE, width),
                        site.parameter("batchNorm.shift", Role.NORM_SHIFT, width),
                        site.parameter("batchNorm.runningMean", Role.RUNNING_MEAN, width),
                        site.parameter("batchNorm.runningVariance", Role.RUNNING_VARIANCE, width)));
    }

    @Override
    public List<String> attributes() {
        return List.of("momentum", String.valueOf(momentum), "epsilon", String.valueOf(epsilon));
    }

    @Override
    public boolean normalizesBatch() {
        return true;
    }
}
