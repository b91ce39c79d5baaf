package io.espalier.processor.plan;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.Value;
import io.espalier.processor.operation.Adjoint;
import java.util.List;
import java.util.Optional;

/** Writes the backward kernels of one node, and what its parameters' gradients are summed from. */
final class NodeAdjoint extends NodeLowering implements Adjoint {
    private final boolean inputGradientNeeded;
    private final List<Kernel.BatchReduction> reductions;

    NodeAdjoint(
            Placement placement,
            Lowered lowered,
            List<Kernel> kernels,
            List<Kernel.BatchReduction> reductions,
            boolean inputGradientNeeded) {
        super(Mode.TRAINING, placement, lowered, kernels, new DroppedWeights());
        this.reductions = reductions;
        this.inputGradientNeeded = inputGradientNeeded;
    }

    @Override
    Value.Kind rowsKind() {
        return Value.Kind.GRADIENT;
    }

    @Override
    public Value input() {
        return lowered.input;
    }

    @Override
    public Value output() {
        return lowered.output();
    }

    @Override
    public Value value(String name) {
        return lowered.value(name);
    }

    @Override
    public Expression eitherEnd() {
        return new Expression.Either(output(), input());
    }

    @Override
    public Value gradient(String name, Expression formula) {
        return pointwise(name + "Gradient", formula);
    }

    @Override
    public Optional<Value> inputGradient(Expression formula) {
        return inputGradientNeeded ? Optional.of(gradient(lowered.input.name(), formula)) : Optional.empty();
    }

    @Override
    public void accumulate(Value sums, int column, Expression formula) {
        add(new Kernel.Accumulate(sums, column, formula));
    }

    @Override
    public void parameterGradient(String part, Value sums, int column, boolean total) {
        reductions.add(new Kernel.ColumnGradient(parameter(part), sums, column, total));
    }

    @Override
    public Optional<Value> contractionGradient(String product, Value gradient, Optional<Parameter> bias) {
        Kernel.Contraction forward = lowered.product(product);
        Value incoming = productGradient(forward, gradient, bias);
        if (!inputGradientNeeded) {
            return Optional.empty();
        }
        Kernel.Contraction back = backThrough(forward, incoming);
        add(back);
        return Optional.of(back.result());
    }

    /** The incoming gradient of a product as a value of its own, in which the sum over the batch finds it. */
    Value productGradient(Kernel.Contraction forward, Value gradient, Optional<Parameter> bias) {
        Value product = forward.result();
        Value incoming = new Value(
                product.name() + "Gradient", product.path() + "Gradient", Value.Kind.GRADIENT, product.layout());
        add(new Kernel.Pointwise(incoming, Expression.of(gradient)));
        reductions.add(new Kernel.WeightGradient(forward.weight(), bias, forward.source(), incoming));
        return incoming;
    }

    /** The gradient of what was multiplied. */
    static Kernel.Contraction backThrough(Kernel.Contraction forward, Value incoming) {
        Value source = forward.source();
        Value result = new Value(
                source.name() + "Gradient",
                forward.result().path() + "InputGradient",
                Value.Kind.GRADIENT,
                source.layout());
        return new Kernel.Contraction(forward.weight(), true, incoming, result);
    }
}
