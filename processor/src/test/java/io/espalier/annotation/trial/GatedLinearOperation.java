package io.espalier.annotation.trial;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Function;
import io.espalier.processor.ir.Operand;
import io.espalier.processor.ir.ParameterSpec;
import io.espalier.processor.ir.Rate;
import io.espalier.processor.ir.Scalar;
import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Space;
import io.espalier.processor.ir.Value;
import io.espalier.processor.operation.Adjoint;
import io.espalier.processor.operation.Applied;
import io.espalier.processor.operation.Attribute;
import io.espalier.processor.operation.Choice;
import io.espalier.processor.operation.Defects;
import io.espalier.processor.operation.Definition;
import io.espalier.processor.operation.Lowering;
import io.espalier.processor.operation.Operation;
import io.espalier.processor.operation.OperationContext;
import io.espalier.processor.operation.Range;
import io.espalier.processor.read.AnnotationDeclaration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Optional;

/**
 * A gated linear unit, (x·Aᵀ)∘σ(x·Bᵀ) (Dauphin et al., 2017), less its mean over the features, with a dropout that grows with
 * the progress of the training. A and B are one parameter of three dimensions.
 */
public record GatedLinearOperation(int units, double p) implements Operation {
    /** All that there is of it in the language. */
    public static final Definition DEFINITION = Definition.of(
            "GatedLinear",
            GatedLinearOperation::apply,
            new Attribute("p", Range.PROBABILITY, "the probability of dropping at the end", Choice.byDefault("0.2")));

    private static final String WEIGHT = "gatedLinear.weight";

    /** Within it e⁻ˣ is a normal float. */
    private static final float LIMIT = 87;

    /** What a stage carries. */
    @Retention(RetentionPolicy.CLASS)
    @Target({ElementType.FIELD, ElementType.RECORD_COMPONENT})
    public @interface GatedLinear {
        int value();

        double p() default 0.2;
    }

    private static Applied apply(AnnotationDeclaration annotation, OperationContext context, Defects defects) {
        GatedLinearOperation operation =
                new GatedLinearOperation(annotation.intValue("value"), annotation.doubleValue("p"));
        Shape in = context.in();
        if (!in.isKnown()) {
            return Applied.mistaken(operation);
        }
        ParameterSpec weight = context.weight(WEIGHT, 2, operation.units(), in.channels());
        return new Applied(operation, in.withChannels(operation.units()), List.of(weight));
    }

    @Override
    public String title(Shape input) {
        return "gated linear " + input.channels() + " → " + units;
    }

    @Override
    public Value forward(Lowering code, Value input) {
        Value value = code.contraction("value", input, code.parameter(WEIGHT), 0);
        Value gate = code.contraction("gate", input, code.parameter(WEIGHT), 1);
        Expression x = Expression.of(gate);
        Value argument = code.pointwise(
                "argument", x.whereGreater(LIMIT, Expression.of(LIMIT), x.whereLess(-LIMIT, Expression.of(-LIMIT), x)));
        Expression exponential = Expression.of(argument).apply(Function.EXP_NEGATED);
        Value open = code.pointwise("open", Expression.of(1).over(exponential.plus(1)));
        Value gated = code.pointwise("gated", Expression.of(value).times(open));
        Value centered = code.pointwise("centered", Expression.of(gated).minus(mean(code, "mean", gated)));
        if (!code.isRandom()) {
            return centered;
        }
        Rate rate = code.rampedRate(p);
        return code.pointwise("dropped", kept(code.mask("mask", rate), rate, centered));
    }

    @Override
    public Optional<Value> adjoint(Adjoint code, Value gradient) {
        Value centered = code.gradient("centered", kept(code.value("mask"), code.rampedRate(p), gradient));
        Value gated = code.gradient("gated", Expression.of(centered).minus(mean(code, "meanGradient", centered)));
        Expression g = Expression.of(gated);
        Expression open = Expression.of(code.value("open"));
        Value ofValue = code.gradient("value", g.times(open));
        Optional<Value> throughValue = code.contractionGradient("value", ofValue, Optional.empty());
        // The product is read after its gradient is there, which may not take its array then.
        Value ofGate =
                code.gradient("gate", g.times(code.value("value")).times(open.minus(open.times(code.value("open")))));
        Optional<Value> throughGate = code.contractionGradient("gate", ofGate, Optional.empty());
        return throughValue.flatMap(first -> throughGate.flatMap(
                second -> code.inputGradient(Expression.of(first).plus(second))));
    }

    private static Expression kept(Value mask, Rate rate, Value of) {
        Expression scale = new Expression.StepNumber("scale", new Scalar.KeptScale(rate));
        return Expression.whereKept(mask, Expression.of(of).times(scale), Expression.of(0));
    }

    private static Value mean(Lowering code, String name, Value of) {
        Value mean = code.scalars(name);
        Value deviation = code.scalars(name + "Deviation");
        code.call(
                "RowStatistics",
                "rows",
                Space.EXAMPLES,
                List.of(of),
                List.of(mean, deviation),
                List.of(
                        new Operand.Rows(of),
                        new Operand.Count("width", of.layout().width()),
                        new Operand.RowCount(of),
                        new Operand.Constant("epsilon", 1),
                        new Operand.Scalars(mean),
                        new Operand.Scalars(deviation)));
        return mean;
    }
}
