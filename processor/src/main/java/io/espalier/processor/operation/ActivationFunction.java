package io.espalier.processor.operation;

import java.util.OptionalDouble;

/** An activation function: the same function of each value, without parameters and without chance. */
public interface ActivationFunction extends Operation {
    @Override
    default boolean isElementwise() {
        return true;
    }

    /**
     * The lower bound of what comes out.
     *
     * @return no value lies below it; minus infinity where there is no bound
     */
    default double lowest() {
        return Double.NEGATIVE_INFINITY;
    }

    /**
     * The upper bound of what comes out.
     *
     * @return no value lies above it; infinity where there is no bound
     */
    default double highest() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    default OptionalDouble gain() {
        return OptionalDouble.of(1);
    }
}
