package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Layout;
import io.espalier.processor.ir.Operand;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.Rate;
import io.espalier.processor.ir.Space;
import io.espalier.processor.ir.Value;
import java.util.List;
import java.util.Optional;

/**
 * What an operation writes its kernels with, in either direction. Names are those of values within the operation; the adjoint
 * finds values of the forward pass by them ({@link Adjoint#value}).
 */
public interface Lowering {
    /** Whether batch statistics are those of the batch, and what the backward pass needs is there: not in prediction. */
    boolean isTraining();

    /** Whether noise acts: in training, and where samples are drawn. */
    boolean isRandom();

    /** A parameter of the operation by its part, such as {@code weight}. */
    Parameter parameter(String part);

    /** The same, if the operation has it. */
    Optional<Parameter> optionalParameter(String part);

    /**
     * Computes a formula for each feature of each example.
     *
     * @param formula reads at least one value with features
     * @return what it gives, as wide as what it reads
     */
    Value pointwise(String name, Expression formula);

    /** A number for each row of the operation's input, which a kernel of the runtime writes. */
    Value scalars(String name);

    /** A number for each of some features, which a kernel of the runtime writes for the batch as a whole. */
    Value columns(String name, int width);

    /** Partial sums over the examples of each slice. */
    Value sums(String name, int columns);

    /** A value with a row for each position, which a kernel of the runtime writes. */
    Value rows(String name, Layout layout);

    /** The same elements as other rows: no kernel writes them. */
    Value view(String name, Value of, Layout layout);

    /** What a kernel makes of a value's rows in their own array; the value itself is gone then. */
    Value inPlace(String name, Value of);

    /**
     * Calls a kernel of the runtime.
     *
     * @param type simple name of its class
     * @param method its name
     * @param space some examples of a slice, the batch or the parameters
     * @param reads the values among the operands that it reads
     * @param writes the values among them that it writes
     */
    void call(
            String type,
            String method,
            Space space,
            List<Value> reads,
            List<Value> writes,
            List<? extends Operand> operands);

    /**
     * Multiplies with a weight.
     *
     * @param weight the parameter, {@code [..., out, in]}
     * @param matrix which of its matrices, from 0
     * @return {@code out} features
     */
    Value contraction(String name, Value source, Parameter weight, int matrix);

    /** A probability of dropping. */
    Rate rate(double p);

    /** A probability of dropping that grows with the progress of the training, from 0 to p. */
    Rate rampedRate(double p);

    /** Draws for each element of the operation's input whether it is kept, from a stream of its own. */
    Value mask(String name, Rate rate);

    /** Draws for each element of the operation's input a normal number, from a stream of its own. */
    Value normalDraws(float mean, double deviation);

    /** Drops elements of the weights that the next operation with products takes, from streams of their own. */
    void dropWeights(Rate rate);
}
