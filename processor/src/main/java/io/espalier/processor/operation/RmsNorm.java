package io.espalier.processor.operation;

import io.espalier.processor.ir.Role;
import io.espalier.processor.read.AnnotationDeclaration;
import java.util.List;

/**
 * Root mean square normalization (Zhang and Sennrich, 2019).
 *
 * @param epsilon added to the mean square, as it is written: it may lie outside its range
 */
public record RmsNorm(double epsilon) implements Operation {
    static final Definition DEFINITION = Definition.of(
            "RmsNorm",
            RmsNorm::apply,
            new Attribute("epsilon", Range.ABOVE_ZERO, "what keeps the mean square from 0", Choice.byDefault("1e-5")));

    private static Applied apply(AnnotationDeclaration annotation, Site site, Defects defects) {
        return Applied.toFeatures(
                new RmsNorm(annotation.doubleValue("epsilon")),
                annotation,
                site,
                defects,
                width -> List.of(site.parameter("rmsNorm.scale", Role.NORM_SCALE, width)));
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
