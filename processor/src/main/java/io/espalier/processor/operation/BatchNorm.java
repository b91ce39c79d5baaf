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

    private static Applied apply(AnnotationDeclaration annotation, OperationContext context, Defects defects) {
        return Applied.toRows(
                new BatchNorm(annotation.doubleValue("momentum"), annotation.doubleValue("epsilon")),
                context,
                width -> List.of(
                        context.parameter("batchNorm.scale", Role.NORM_SCALE, width),
                        context.parameter("batchNorm.shift", Role.NORM_SHIFT, width),
                        context.parameter("batchNorm.runningMean", Role.RUNNING_MEAN, width),
                        context.parameter("batchNorm.runningVariance", Role.RUNNING_VARIANCE, width)));
    }

    @Override
    public List<String> attributes() {
        return List.of("momentum", String.valueOf(momentum), "epsilon", String.valueOf(epsilon));
    }

    @Override
    public boolean normalizesBatch() {
        return true;
    }

    @Override
    public String title(Shape input) {
        return "batch norm";
    }

    @Override
    public Value forward(Lowering code, Value input) {
        return code.isTraining() ? byTheBatch(code, input) : byRunningStatistics(code, input);
    }

    private Value byTheBatch(Lowering code, Value input) {
        int width = input.layout().width();
        Value partials = code.sums("partials", 2 * width);
        code.call(
                "BatchStatistics",
                "slice",
                Space.EXAMPLES,
                List.of(input),
                List.of(partials),
                List.of(
                        new Operand.Rows(input),
                        new Operand.Count("width", width),
                        new Operand.RowCount(input),
                        new Operand.Slice(partials)));
        Value mean = code.columns("mean", width);
        Value inverseDeviation = code.columns("inverseDeviation", width);
        code.call(
                "BatchStatistics",
                "combine",
                Space.BATCH,
                List.of(partials),
                List.of(mean, inverseDeviation),
                List.of(
                        new Operand.Array(partials),
                        new Operand.SliceCount(partials),
                        new Operand.SliceRows(partials),
                        new Operand.RowCount(input),
                        new Operand.Count("width", width),
                        new Operand.Constant("epsilon", epsilon),
                        new Operand.Constant("momentum", momentum),
                        new Operand.Array(mean),
                        new Operand.Array(inverseDeviation),
                        new Operand.Count("meanAt", 0),
                        Operand.Given.PARAMETERS,
                        new Operand.Offset(code.parameter("batchNorm.runningMean")),
                        new Operand.Offset(code.parameter("batchNorm.runningVariance"))));
        Value standardized =
                code.pointwise("standardized", Expression.of(input).minus(mean).times(inverseDeviation));
        return code.pointwise(
                "normalized",
                Expression.of(standardized)
                        .fma(
                                Expression.of(code.parameter("batchNorm.scale")),
                                Expression.of(code.parameter("batchNorm.shift"))));
    }

    /** One scale and one shift of each feature. */
    private Value byRunningStatistics(Lowering code, Value input) {
        int width = input.layout().width();
        Value scale = code.columns("scale", width);
        Value shift = code.columns("shift", width);
        code.call(
                "BatchNormalization",
                "fold",
                Space.PARAMETERS,
                List.of(),
                List.of(scale, shift),
                List.of(
                        Operand.Given.PARAMETERS,
                        new Operand.Offset(code.parameter("batchNorm.scale")),
                        new Operand.Offset(code.parameter("batchNorm.shift")),
                        new Operand.Offset(code.parameter("batchNorm.runningMean")),
                        new Operand.Offset(code.parameter("batchNorm.runningVariance")),
                        new Operand.Count("width", width),
                        new Operand.Constant("epsilon", epsilon),
                        new Operand.Array(scale),
                        new Operand.Array(shift)));
        return code.pointwise("normalized", Expression.of(input).fma(Expression.of(scale), Expression.of(shift)));
    }

    /** With means over the batch: (incoming − mean(incoming) − x̂·mean(incoming·x̂))·scale/deviation. */
    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        Expression standardized = Expression.of(code.value("standardized"));
        Expression incoming = Expression.of(gradient);
        int width = code.input().layout().width();
        int shift = code.input().layout().stride();
        Value sums = code.sums("sums", 2 * shift);
        code.accumulate(sums, 0, incoming.fma(standardized, new Expression.Sum()));
        code.accumulate(sums, shift, incoming.plus(new Expression.Sum()));
        code.parameterGradient("batchNorm.scale", sums, 0, true);
        code.parameterGradient("batchNorm.shift", sums, shift, true);
        Value meanGradient = code.columns("meanGradient", width);
        Value meanProduct = code.columns("meanProduct", width);
        Value gradientScale = code.columns("gradientScale", width);
        Value inverseDeviation = code.value("inverseDeviation");
        code.call(
                "BatchNormalization",
                "gradientMeans",
                Space.BATCH,
                List.of(sums, inverseDeviation),
                List.of(sums, meanGradient, meanProduct, gradientScale),
                List.of(
                        new Operand.Array(sums),
                        new Operand.Count("columns", 2 * shift),
                        new Operand.SliceCount(sums),
                        new Operand.RowCount(code.input()),
                        new Operand.Count("width", width),
                        Operand.Given.PARAMETERS,
                        new Operand.Offset(code.parameter("batchNorm.scale")),
                        new Operand.Array(inverseDeviation),
                        new Operand.Array(meanGradient),
                        new Operand.Array(meanProduct),
                        new Operand.Array(gradientScale)));
        return code.inputGradient(incoming.minus(meanGradient)
                .minus(standardized.times(meanProduct))
                .times(gradientScale));
    }
}
