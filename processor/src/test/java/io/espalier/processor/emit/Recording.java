package io.espalier.processor.emit;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Operand;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.Rate;
import io.espalier.processor.ir.Space;
import io.espalier.processor.ir.Value;
import io.espalier.processor.operation.Adjoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the formulas of an operation that has nothing else, in either direction, as the kernels of one loop. */
final class Recording implements Adjoint {
    final List<Kernel> kernels = new ArrayList<>();
    private final Map<String, Value> values = new HashMap<>();
    private final Value input;
    private Value output;

    Recording(Value input) {
        this.input = input;
        this.output = input;
    }

    void output(Value value) {
        output = value;
    }

    @Override
    public Value pointwise(String name, Expression formula) {
        Value result = new Value(name, name, Value.Kind.ACTIVATION, input.layout());
        kernels.add(new Kernel.Pointwise(result, formula));
        values.put(name, result);
        return result;
    }

    @Override
    public Value gradient(String name, Expression formula) {
        return pointwise(name + "Gradient", formula);
    }

    @Override
    public Optional<Value> inputGradient(Expression formula) {
        return Optional.of(gradient("input", formula));
    }

    @Override
    public Value input() {
        return input;
    }

    @Override
    public Value output() {
        return output;
    }

    @Override
    public Value value(String name) {
        Value value = values.get(name);
        if (value == null) {
            throw new AssertionError("there is no " + name);
        }
        return value;
    }

    @Override
    public Expression eitherEnd() {
        return Expression.of(output);
    }

    @Override
    public boolean isTraining() {
        return true;
    }

    @Override
    public boolean isRandom() {
        return true;
    }

    private static AssertionError beyond() {
        return new AssertionError("an activation function is a formula");
    }

    @Override
    public Parameter parameter(String part) {
        throw beyond();
    }

    @Override
    public Optional<Parameter> optionalParameter(String part) {
        throw beyond();
    }

    @Override
    public Value scalars(String name) {
        throw beyond();
    }

    @Override
    public Value columns(String name, int width) {
        throw beyond();
    }

    @Override
    public Value sums(String name, int columns) {
        throw beyond();
    }

    @Override
    public Value rows(String name, Layout layout) {
        throw beyond();
    }

    @Override
    public Value view(String name, Value of, Layout layout) {
        throw beyond();
    }

    @Override
    public Value inPlace(String name, Value of) {
        throw beyond();
    }

    @Override
    public void call(
            String type,
            String method,
            Space space,
            List<Value> reads,
            List<Value> writes,
            List<? extends Operand> operands) {
        throw beyond();
    }

    @Override
    public Value contraction(String name, Value source, Parameter weight, int matrix) {
        throw beyond();
    }

    @Override
    public Rate rate(double p) {
        throw beyond();
    }

    @Override
    public Rate rampedRate(double p) {
        throw beyond();
    }

    @Override
    public Value mask(String name, Rate rate) {
        throw beyond();
    }

    @Override
    public Value normalDraws(float mean, double deviation) {
        throw beyond();
    }

    @Override
    public void dropWeights(Rate rate) {
        throw beyond();
    }

    @Override
    public void accumulate(Value sums, int column, Expression formula) {
        throw beyond();
    }

    @Override
    public void parameterGradient(String part, Value sums, int column, boolean total) {
        throw beyond();
    }

    @Override
    public Optional<Value> contractionGradient(String product, Value gradient, Optional<Parameter> bias) {
        throw beyond();
    }
}
