package io.espalier.train;

/**
 * The sizes that the compiler works out for a network's training step.
 *
 * @param inputSize input values of an example
 * @param outputSize output values of an example
 * @param weights how many values, from the first one on, are weights
 * @param decayed where the values end that decay besides weights; they follow the weights
 * @param trainable how many values, from the first one on, are trained; running statistics follow them
 * @param gradientStride values in a row of a gradient buffer, a multiple of 16
 * @param gradientLevels gradient buffers, one more than residual branches are nested
 * @param moments values that the optimizer keeps for each trained value
 * @param clipNorm the largest global norm of the gradients, infinite where they are not clipped
 * @param maxNorm the largest norm of a unit's incoming weights, infinite where it is not limited
 */
public record StepLayout(
        int inputSize,
        int outputSize,
        int weights,
        int decayed,
        int trainable,
        int gradientStride,
        int gradientLevels,
        int moments,
        float clipNorm,
        float maxNorm) {}
