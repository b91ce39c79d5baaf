package io.espalier.model;

/**
 * The gradients of a network's last backward pass, as a training step keeps them: sums over the examples, laid out as
 * the values are.
 */
public interface GradientView {
    /**
     * The sums, at the same offsets and in the same packing as the values.
     *
     * @return the array itself, not a copy; it need only reach to the end of the last trainable parameter
     * @throws IllegalStateException if no backward pass has been made yet
     */
    float[] gradients();

    /**
     * What to multiply a sum by to have the gradient of the mean loss.
     *
     * @return usually one divided by the number of examples that were summed
     */
    float scale();
}
