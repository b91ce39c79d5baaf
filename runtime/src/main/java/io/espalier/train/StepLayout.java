package io.espalier.train;

/**
 * The sizes that the compiler works out for a network's training step.
 *
 * @param inputSize input values of an example
 * @param outputSize output values of an example
 * @param decayed how many values, from the first one on, decay
 * @param trainable how many values, from the first one on, are trained; running statistics follow them
 * @param gradientStride values in a row of a gradient buffer, a multiple of 16
 * @param gradientLevels gradient buffers, one more than residual branches are nested
 * @param moments values that the optimizer keeps for each trained value
 * @param clipNorm the largest global norm of the gradients, infinite where they are not clipped
 */
public record StepLayout(
        int inputSize,
        int outputSize,
        int decayed,
        int trainable,
        int gradientStride,
        int gradientLevels,
        int moments,
        float clipNorm) {}
