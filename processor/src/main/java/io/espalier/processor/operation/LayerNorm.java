package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Operand;
import io.espalier.processor.ir.Role;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Space;
import io.espalier.processor.ir.Value;
import io.espalier.processor.read.AnnotationDeclaration;
import java.util.List;
import java.util.Optional;

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

    private static Applied apply(AnnotationDeclaration annotation, OperationContext context, Defects defects) {
        return Applied.toRows(
                new LayerNorm(annotation.doubleValue("epsilon")),
                context,
                width -> List.of(
                        context.parameter("layerNorm.scale", Role.NORM_SCALE, width),
                        context.parameter("layerNorm.shift", Role.NORM_SHIFT, width)));
    }

    @Override
    public List<String> attributes() {
        return List.of("epsilon", String.valueOf(epsilon));
    }

    @Override
    public boolean isFeatureNorm() {
        return true;
    }

    @Override
    public String title(Shape input) {
        return "layer norm";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        Value mean = code.scalars("mean");
        Value inverseDeviation = code.scalars("inverseDeviation");
        code.call(
                "RowStatistics",
                "rows",
                Space.EXAMPLES,
                List.of(input),
                List.of(mean, inverseDeviation),
                List.of(
                        new Operand.Rows(input),
                        new Operand.Count("width", input.layout().width()),
                        new Operand.RowCount(input),
                        new Operand.Constant("epsilon", epsilon),
                        new Operand.Scalars(mean),
                        new Operand.Scalars(inverseDeviation)));
        Value standardized =
                code.pointwise("standardized", Expression.of(input).minus(mean).times(inverseDeviation));
        return code.pointwise(
                "normalized",
                Expression.of(standardized)
                        .fma(
                                Expression.of(code.parameter("layerNorm.scale")),
                                Expression.of(code.parameter("layerNorm.shift"))));
    }

    /** With the means over the features, g = incoming·scale: (g − mean(g) − x̂·mean(g·x̂))/deviation (Ba et al., 2016). */
    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        Value input = code.input();
        Value inverseDeviation = code.value("inverseDeviation");
        Expression standardized = Expression.of(code.value("standardized"));
        Expression incoming = Expression.of(gradient);
        int shift = input.layout().stride();
        Value sums = code.sums("sums", 2 * shift);
        code.accumulate(sums, 0, incoming.fma(standardized, new Expression.Sum()));
        code.accumulate(sums, shift, incoming.plus(new Expression.Sum()));
        code.parameterGradient("layerNorm.scale", sums, 0, false);
        code.parameterGradient("layerNorm.shift", sums, shift, false);
        Value scaled = code.gradient("standardized", incoming.times(Expression.of(code.parameter("layerNorm.scale"))));
        Value meanGradient = code.scalars("meanGradient");
        Value meanProduct = code.scalars("meanProduct");
        code.call(
                "RowStatistics",
                "gradientSums",
                Space.EXAMPLES,
                List.of(scaled, input, code.value("mean"), inverseDeviation),
                List.of(meanGradient, meanProduct),
                List.of(
                        new Operand.Rows(scaled),
                        new Operand.Rows(input),
                        new Operand.Count("width", input.layout().width()),
                        new Operand.RowCount(input),
                        new Operand.Scalars(code.value("mean")),
                        new Operand.Scalars(inverseDeviation),
                        new Operand.Scalars(meanGradient),
                        new Operand.Scalars(meanProduct)));
        return code.inputGradient(Expression.of(scaled)
                .minus(meanGradient)
                .minus(standardized.times(meanProduct))
                .times(inverseDeviation));
    }
}
