package io.espalier.processor.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A formula over the elements of values, as a tree. Code computes it as it stands: nothing is reassociated, nothing contracted
 * into a fused multiply-add, so that it means the same bits wherever it is computed.
 */
public sealed interface Expression {
    /** The element of a value: a feature's, or that of its example or its column. */
    record Of(Value value) implements Expression {}

    /** The element of a parameter that belongs to the feature. */
    record Column(Parameter parameter) implements Expression {}

    /** What has been summed so far, in the formula of partial sums. */
    record Sum() implements Expression {}

    /** A constant. */
    record Constant(float value) implements Expression {}

    /**
     * A number of the step.
     *
     * @param name what emitted code calls it
     * @param formula how it is computed
     */
    record StepNumber(String name, Scalar formula) implements Expression {}

    /** {@code left + right}. */
    record Plus(Expression left, Expression right) implements Expression {}

    /** {@code left − right}. */
    record Minus(Expression left, Expression right) implements Expression {}

    /** {@code left · right}. */
    record Times(Expression left, Expression right) implements Expression {}

    /** {@code left / right}. */
    record Over(Expression left, Expression right) implements Expression {}

    /** {@code left · right + addend}, rounded once. */
    record FusedMultiplyAdd(Expression left, Expression right, Expression addend) implements Expression {}

    /** One of two, by a condition. */
    record Select(Condition condition, Expression yes, Expression no) implements Expression {}

    /** A function of one argument. */
    record Apply(Function function, Expression of) implements Expression {}

    /** The first value where it lies in memory anyway, else the second: for formulas to which either will do. */
    record Either(Value kept, Value other) implements Expression {}

    /** What decides between two expressions. */
    sealed interface Condition {
        /** {@code left < right}; false where one is not a number. */
        record Less(Expression left, Expression right) implements Condition {}

        /** {@code left > right}; false where one is not a number. */
        record Greater(Expression left, Expression right) implements Condition {}

        /** Whether a mask keeps the element. */
        record Kept(Value mask) implements Condition {}
    }

    /** The element of a value. */
    static Expression of(Value value) {
        return new Of(value);
    }

    /** The element of a parameter. */
    static Expression of(Parameter parameter) {
        return new Column(parameter);
    }

    /** A constant. */
    static Expression of(float value) {
        return new Constant(value);
    }

    /** {@code this + other}. */
    default Expression plus(Expression other) {
        return new Plus(this, other);
    }

    /** {@code this + value}. */
    default Expression plus(Value value) {
        return plus(of(value));
    }

    /** {@code this + value}. */
    default Expression plus(float value) {
        return plus(of(value));
    }

    /** {@code this − other}. */
    default Expression minus(Expression other) {
        return new Minus(this, other);
    }

    /** {@code this − value}. */
    default Expression minus(Value value) {
        return minus(of(value));
    }

    /** {@code this · other}. */
    default Expression times(Expression other) {
        return new Times(this, other);
    }

    /** {@code this · value}. */
    default Expression times(Value value) {
        return times(of(value));
    }

    /** {@code this · value}. */
    default Expression times(float value) {
        return times(of(value));
    }

    /** {@code this / other}. */
    default Expression over(Expression other) {
        return new Over(this, other);
    }

    /** {@code this · factor + addend}, rounded once. */
    default Expression fma(Expression factor, Expression addend) {
        return new FusedMultiplyAdd(this, factor, addend);
    }

    /** {@code yes} where this is below a bound, else {@code no}. */
    default Expression whereLess(float bound, Expression yes, Expression no) {
        return new Select(new Condition.Less(this, of(bound)), yes, no);
    }

    /** {@code yes} where this is above a bound, else {@code no}. */
    default Expression whereGreater(float bound, Expression yes, Expression no) {
        return new Select(new Condition.Greater(this, of(bound)), yes, no);
    }

    /** {@code yes} where a mask keeps the element, else {@code no}. */
    static Expression whereKept(Value mask, Expression yes, Expression no) {
        return new Select(new Condition.Kept(mask), yes, no);
    }

    /** A function of this. */
    default Expression apply(Function function) {
        return new Apply(function, this);
    }

    /** The operands of the outermost operation, those of its condition first. */
    default List<Expression> operands() {
        return switch (this) {
            case Of ignored -> List.of();
            case Column ignored -> List.of();
            case Sum ignored -> List.of();
            case Constant ignored -> List.of();
            case StepNumber ignored -> List.of();
            case Either ignored -> List.of();
            case Plus plus -> List.of(plus.left(), plus.right());
            case Minus minus -> List.of(minus.left(), minus.right());
            case Times times -> List.of(times.left(), times.right());
            case Over over -> List.of(over.left(), over.right());
            case FusedMultiplyAdd fma -> List.of(fma.left(), fma.right(), fma.addend());
            case Apply apply -> List.of(apply.of());
            case Select select -> {
                List<Expression> all = new ArrayList<>();
                switch (select.condition()) {
                    case Condition.Less less -> all.addAll(List.of(less.left(), less.right()));
                    case Condition.Greater greater -> all.addAll(List.of(greater.left(), greater.right()));
                    case Condition.Kept ignored -> {}
                }
                all.add(select.yes());
                all.add(select.no());
                yield all;
            }
        };
    }

    /** The same tree with other leaves. */
    default Expression map(UnaryOperator<Expression> leaves) {
        return switch (this) {
            case Of leaf -> leaves.apply(leaf);
            case Column leaf -> leaves.apply(leaf);
            case Sum leaf -> leaves.apply(leaf);
            case Constant leaf -> leaves.apply(leaf);
            case StepNumber leaf -> leaves.apply(leaf);
            case Either leaf -> leaves.apply(leaf);
            case Plus plus -> new Plus(plus.left().map(leaves), plus.right().map(leaves));
            case Minus minus ->
                new Minus(minus.left().map(leaves), minus.right().map(leaves));
            case Times times ->
                new Times(times.left().map(leaves), times.right().map(leaves));
            case Over over -> new Over(over.left().map(leaves), over.right().map(leaves));
            case FusedMultiplyAdd fma ->
                new FusedMultiplyAdd(
                        fma.left().map(leaves),
                        fma.right().map(leaves),
                        fma.addend().map(leaves));
            case Apply apply -> new Apply(apply.function(), apply.of().map(leaves));
            case Select select ->
                new Select(
                        switch (select.condition()) {
                            case Condition.Less less ->
                                new Condition.Less(
                                        less.left().map(leaves), less.right().map(leaves));
                            case Condition.Greater greater ->
                                new Condition.Greater(
                                        greater.left().map(leaves),
                                        greater.right().map(leaves));
                            case Condition.Kept kept -> kept;
                        },
                        select.yes().map(leaves),
                        select.no().map(leaves));
        };
    }

    /** The values that it reads, each once; of {@link Either}, both. */
    default List<Value> values() {
        List<Value> all = new ArrayList<>();
        collect(this, all);
        return Collections.unmodifiableList(all);
    }

    private static void collect(Expression expression, List<Value> into) {
        switch (expression) {
            case Of of -> addOnce(of.value(), into);
            case Either either -> {
                addOnce(either.kept(), into);
                addOnce(either.other(), into);
            }
            case Select(Condition.Kept(Value mask), Expression yes, Expression no) -> addOnce(mask, into);
            default -> {}
        }
        for (Expression operand : expression.operands()) {
            collect(operand, into);
        }
    }

    private static void addOnce(Value value, List<Value> into) {
        if (!into.contains(value)) {
            into.add(value);
        }
    }
}
