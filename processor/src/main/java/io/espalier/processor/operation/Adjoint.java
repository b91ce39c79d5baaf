package io.espalier.processor.operation;

import io.espalier.processor.ir.Expression;
import io.espalier.processor.ir.Parameter;
import io.espalier.processor.ir.Value;
import java.util.Optional;

/** What an operation writes the kernels of its adjoint with. */
public interface Adjoint extends Lowering {
    /** What entered the operation. */
    Value input();

    /** What left it. */
    Value output();

    /** A value of its forward pass by name: kept, or computed again, which later passes decide. */
    Value value(String name);

    /** What left the operation where that lies in memory anyway, else what entered it. */
    Expression eitherEnd();

    /** The gradient of a value of the forward pass, from a formula: {@code name} is that value's. */
    Value gradient(String name, Expression formula);

    /** The gradient of the operation's input, from a formula; empty where it is not needed. */
    Optional<Value> inputGradient(Expression formula);

    /** Adds a formula to partial sums over the examples of each slice, {@code Expression.Sum} being what was summed before. */
    void accumulate(Value sums, int column, Expression formula);

    /** Gives a parameter the sums over all examples for its gradient. */
    void parameterGradient(String part, Value sums, int column, boolean total);

    /**
     * Takes a gradient back through a product.
     *
     * @param product the product's name
     * @param gradient its incoming gradient
     * @param bias what was added to the product, whose gradient is summed in the same pass
     * @return the gradient of what was multiplied, empty where none is needed
     */
    Optional<Value> contractionGradient(String product, Value gradient, Optional<Parameter> bias);
}
