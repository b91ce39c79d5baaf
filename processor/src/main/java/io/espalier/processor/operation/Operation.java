package io.espalier.processor.operation;

import io.espalier.processor.ir.Shape;
import io.espalier.processor.ir.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An operation with its attributes at one place of a network. What the rest of the processor asks of operations in general is a
 * trait here, whose default is what holds of most; {@link Definition} says what holds wherever the annotation stands.
 */
public interface Operation {
    /**
     * Names and values of its attributes, as the network's description gives them.
     *
     * @return names and values in turn; none for an operation without attributes
     */
    default List<String> attributes() {
        return List.of();
    }

    /**
     * Whether the operation is a linear map of its input with weights.
     *
     * @return true for dense operations
     */
    default boolean isLinear() {
        return false;
    }

    /**
     * Whether what comes out moves or keeps every value that comes in.
     *
     * @return true for shape changes
     */
    default boolean isShapeChange() {
        return false;
    }

    /**
     * Whether each value that comes out is a function of the one that comes in at its position, and of chance.
     *
     * @return true for activation functions and for noise of values
     */
    default boolean isElementwise() {
        return false;
    }

    /**
     * Whether each value that comes out at inference is an affine function of those that come in: several such operations in a
     * row can do no more than one.
     *
     * @return true for linear operations, shape changes, noise and batch normalization
     */
    default boolean isAffine() {
        return isLinear() || isShapeChange() || isNoise() || normalizesBatch();
    }

    /**
     * Whether the operation normalizes over the features of an example.
     *
     * @return true for layer and root mean square normalization, not for batch normalization
     */
    default boolean isFeatureNorm() {
        return false;
    }

    /**
     * Whether the operation takes each feature's mean over the batch away and divides by its deviation: a bias before it has no
     * effect, and noise before it changes the running variance.
     *
     * @return true for batch normalization
     */
    default boolean normalizesBatch() {
        return false;
    }

    /**
     * Whether the operation adds or multiplies noise in training.
     *
     * @return true for every {@link NoiseOperation}
     */
    default boolean isNoise() {
        return false;
    }

    /**
     * The strength of noise, by the probability of the dropout that raises the variance of its values as much.
     *
     * @return its p; of Gaussian noise, which has none, that for values of variance 1; 0 for what is no noise
     */
    default double noiseRate() {
        return 0;
    }

    /**
     * Whether the operation leaves out weights of the linear operation of its stage, in front of which it stands wherever it is
     * written.
     *
     * @return true for drop connect
     */
    default boolean masksWeights() {
        return false;
    }

    /**
     * How much the variance of the weights in front of an activation function is raised: 2 where it stops half of what comes in,
     * less by what a slope lets through (He et al., 2015); 1 where it stops little.
     *
     * @return the gain; empty for what is no activation function
     */
    default OptionalDouble gain() {
        return OptionalDouble.empty();
    }

    /**
     * What comments of emitted code call it.
     *
     * @param input the shape of what enters
     * @return a few words, empty for what computes nothing
     */
    String title(Shape input);

    /**
     * Writes the kernels of the forward pass.
     *
     * @param code takes them
     * @param input what enters
     * @return what leaves
     */
    Value forward(Lowering code, Value input);

    /**
     * Writes the kernels of the adjoint, and says what the gradients of its parameters are summed from.
     *
     * @param code takes them, and knows the values of the forward pass
     * @param gradient the incoming gradient, that of what leaves
     * @return the gradient of what enters, empty where none is needed
     */
    Optional<Value> adjoint(Adjoint code, Value gradient);
}
