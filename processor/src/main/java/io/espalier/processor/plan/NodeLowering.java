package io.espalier.processor.plan;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Kernel;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Mode;
import io.espalier.processor.ir.Names;
import io.espalier.processor.ir.Operand;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.Rate;
import io.espalier.processor.ir.Space;
import io.espalier.processor.ir.Value;
import io.espalier.processor.ir.Weight;
import io.espalier.processor.operation.Lowering;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the forward kernels of one node. */
class NodeLowering implements Lowering {
    final Mode mode;
    final Placement placement;
    final Lowered lowered;
    private final List<Kernel> kernels;
    private final DroppedWeights dropped;
    private int streams;

    /** How weights of the next operation with products are dropped, from where that is said to the end of that operation. */
    static final class DroppedWeights {
        private @Nullable Supplier<Weight.Mask> next;
        private boolean taken;

        /** The mask of the next weight, if its elements are dropped. */
        private Optional<Weight.Mask> take() {
            if (next == null) {
                return Optional.empty();
            }
            taken = true;
            return Optional.of(next.get());
        }

        /** An operation is through: what it took is for no other. */
        void endOperation() {
            if (taken) {
                next = null;
                taken = false;
            }
        }

        /** Whether nothing has taken what was said last. */
        boolean isPending() {
            return next != null;
        }
    }

    NodeLowering(Mode mode, Placement placement, Lowered lowered, List<Kernel> kernels, DroppedWeights dropped) {
        this.mode = mode;
        this.placement = placement;
        this.lowered = lowered;
        this.kernels = kernels;
        this.dropped = dropped;
    }

    @Override
    public boolean isTraining() {
        return mode.isTraining();
    }

    @Override
    public boolean isRandom() {
        return mode.isRandom();
    }

    @Override
    public Parameter parameter(String part) {
        return optionalParameter(part)
                .orElseThrow(() -> new IllegalStateException(lowered.path + " has no parameter " + part));
    }

    @Override
    public Optional<Parameter> optionalParameter(String part) {
        return Optional.ofNullable(lowered.parameters.get(part));
    }

    /** What a value that is written in this direction is to the program. */
    Value.Kind rowsKind() {
        return Value.Kind.ACTIVATION;
    }

    Value value(String name, String path, Value.Kind kind, Layout layout) {
        Value value = new Value(name, path, kind, layout);
        keep(name, value);
        return value;
    }

    private void keep(String name, Value value) {
        if (lowered.values.putIfAbsent(name, value) != null) {
            throw new IllegalStateException(lowered.path + " has two values " + name);
        }
    }

    private Value part(String name, Value.Kind kind, Layout layout) {
        return value(name, lowered.path + Names.upperFirst(name), kind, layout);
    }

    @Override
    public Value pointwise(String name, Expression formula) {
        Value like = formula.values().stream()
                .filter(Value::isRows)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " of " + lowered.path + " reads no features"));
        Value result = value(name, lowered.path, rowsKind(), like.layout());
        add(new Kernel.Pointwise(result, formula));
        return result;
    }

    @Override
    public Value scalars(String name) {
        return part(
                name,
                Value.Kind.STATISTIC,
                Layout.scalars(lowered.input.layout().positions()));
    }

    @Override
    public Value columns(String name, int width) {
        return part(name, Value.Kind.STATISTIC, Layout.columns(width));
    }

    @Override
    public Value sums(String name, int columns) {
        if (!isTraining()) {
            throw new IllegalStateException(lowered.path + " sums over slices, which only training has");
        }
        return part(name, Value.Kind.SUM, Layout.sums(lowered.input.layout().loopPositions(), columns));
    }

    @Override
    public Value rows(String name, Layout layout) {
        return part(name, rowsKind(), layout);
    }

    @Override
    public Value view(String name, Value of, Layout layout) {
        Value value = new Value(name, of.path(), of.kind(), layout, of);
        keep(name, value);
        return value;
    }

    @Override
    public Value inPlace(String name, Value of) {
        Value value = new Value(name, of.path(), of.kind(), of.layout(), of);
        keep(name, value);
        return value;
    }

    @Override
    public void call(
            String type,
            String method,
            Space space,
            List<Value> reads,
            List<Value> writes,
            List<? extends Operand> operands) {
        add(new Kernel.LibraryCall(type, method, space, List.copyOf(operands), reads, writes));
    }

    @Override
    public Value contraction(String name, Value source, Parameter parameter, int matrix) {
        Weight weight = new Weight(parameter, matrix, dropped.take());
        if (weight.mask().isPresent()) {
            add(new Kernel.DrawWeight(weight));
        }
        Value result = part(name, rowsKind(), Layout.rows(source.layout().positions(), weight.out()));
        add(new Kernel.Contraction(weight, false, source, result));
        return result;
    }

    @Override
    public Rate rate(double p) {
        return rate(new Rate.Definition.Constant(p, false));
    }

    @Override
    public Rate rampedRate(double p) {
        return rate(new Rate.Definition.Constant(p, true));
    }

    Rate rate(Rate.Definition definition) {
        return new Rate(placement.rateName(lowered.node, lowered.path, definition), definition);
    }

    @Override
    public Value mask(String name, Rate rate) {
        Value mask = part(name, Value.Kind.MASK, Layout.bits(lowered.input.layout()));
        add(new Kernel.DrawMask(mask, rate, nextStream()));
        return mask;
    }

    /** Draws for each example the scale of its branch. */
    Value branchScale(Rate rate) {
        Value scale = part("scale", Value.Kind.STATISTIC, Layout.scalars(1));
        add(new Kernel.DrawMask(scale, rate, nextStream()));
        return scale;
    }

    @Override
    public Value normalDraws(float mean, double deviation) {
        Value draws = part("draws", Value.Kind.DRAWS, Layout.draws(lowered.input.layout()));
        add(new Kernel.DrawNormal(draws, mean, deviation, nextStream()));
        return draws;
    }

    private int nextStream() {
        return placement.stream(lowered.node, streams++);
    }

    @Override
    public void dropWeights(Rate rate) {
        // Each weight has a name of its own, as emitted code keeps what is left of it.
        Names names = new Names();
        dropped.next = () -> new Weight.Mask(names.unique(lowered.path), rate, nextStream());
    }

    void add(Kernel kernel) {
        kernels.add(kernel);
    }
}
