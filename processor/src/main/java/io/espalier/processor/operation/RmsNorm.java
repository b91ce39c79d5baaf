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
 * Root mean square normalization (Zhang and Sennrich, 2019).
 *
 * @param epsilon added to the mean square, as it is written: it may lie outside its range
 */
public record RmsNorm(double epsilon) implements Operation {
    static final Definition DEFINITION = Definition.of(
            "RmsNorm",
            RmsNorm::apply,
            new Attribute("epsilon", Range.ABOVE_ZERO, "what keeps the mean square from 0", Choice.byDefault("1e-5")));

    private static Applied apply(AnnotationDeclaration annotation, OperationContext context, Defects defects) {
        return Applied.toRows(
                new RmsNorm(annotation.doubleValue("epsilon")),
                context,
                width -> List.of(context.parameter("rmsNorm.scale", Role.NORM_SCALE, width)));
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
        return "RMS norm";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        Value inverseRms = code.scalars("inverseRms");
        code.call(
                "RowStatistics",
                "inverseRms",
                Space.EXAMPLES,
                List.of(input),
                List.of(inverseRms),
                List.of(
                        new Operand.Rows(input),
                        new Operand.Count("width", input.layout().width()),
                        new Operand.RowCount(input),
                        new Operand.Constant("epsilon", epsilon),
                        new Operand.Scalars(inverseRms)));
        Value standardized = code.pointwise("standardized", Expression.of(input).times(inverseRms));
        return code.pointwise(
                "normalized", Expression.of(standardized).times(Expression.of(code.parameter("rmsNorm.scale"))));
    }

    /** With g = incoming·scale: (g − x̂·mean(g·x̂))/rms (Zhang and Sennrich, 2019). */
    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        Value input = code.input();
        Value inverseRms = code.value("inverseRms");
        Expression standardized = Expression.of(code.value("standardized"));
        Expression incoming = Expression.of(gradient);
        Value sums = code.sums("sums", input.layout().stride());
        code.accumulate(sums, 0, incoming.fma(standardized, new Expression.Sum()));
        code.parameterGradient("rmsNorm.scale", sums, 0, false);
        Value scaled = code.gradient("standardized", incoming.times(Expression.of(code.parameter("rmsNorm.scale"))));
        Value meanProduct = code.scalars("meanProduct");
        code.call(
                "RowStatistics",
                "gradientProducts",
                Space.EXAMPLES,
                List.of(scaled, input, inverseRms),
                List.of(meanProduct),
                List.of(
                        new Operand.Rows(scaled),
                        new Operand.Rows(input),
                        new Operand.Count("width", input.layout().width()),
                        new Operand.RowCount(input),
                        new Operand.Scalars(inverseRms),
                        new Operand.Scalars(meanProduct)));
        return code.inputGradient(
                Expression.of(scaled).minus(standardized.times(meanProduct)).times(inverseRms));
    }
}
