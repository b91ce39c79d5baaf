package io.espalier.processor.operation;

import io.espalier.processor.ir.Role;
import io.espalier.processor.read.AnnotationDeclaration;
import java.util.List;

/**
 * Layer normalization (Ba et al., 2016).
 *
 * @param epsilon added to the variance, as it is written: it may lie outside its range
 */
public record LayerNorm(double epsilon) implements Operation {
    static final Definition DEFINITION = Definition.of(
            "LayerNorm",
            LayerNorm::apply,
            new Attribute("epsilon", Range.ABOVE_ZERO, "what keeps the variance from 0", Choice.byDefault("1e-5")));

    private static Applied apply(AnnotationDeclaration annotation, Site site, Defects defects) {
        return Applied.toFeatures(
                new LayerNorm(annotation.doubleValue("epsilon")),
                annotation,
                site,
                defects,
                width -> List.of(
                        site.parameter("layerNorm.scale", Role.NORM_SCALE, width),
                        site.parameter("layerNorm.shift", Role.NORM_SHIFT, width)));
    }

    @Override
    public List<String> attributes() {
        return List.of("epsilon", String.valueOf(epsilon));
    }

    @Override
    public boolean isFeatureNorm() {
        return true;
    }
}
