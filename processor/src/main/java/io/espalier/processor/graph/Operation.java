package io.espalier.processor.graph;

/** What an operation of a stage computes, with its attributes; every operation of the language is one of these. */
public sealed interface Operation {
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
     * Whether each value that comes out at inference is an affine function of those that come in: several such operations in a
     * row can do no more than one.
     *
     * @return true for linear operations, shape changes, noise and batch normalization
     */
    default boolean isAffine() {
        return isLinear() || isShapeChange() || isNoise();
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
     * Whether the operation adds or multiplies noise in training.
     *
     * @return true for dropout and its kin
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
     * Fully connected.
     *
     * @param units how many features leave it; 0 after a mistake
     * @param bias whether it has a bias
     */
    record Dense(int units, boolean bias) implements Operation {
        @Override
        public boolean isLinear() {
            return true;
        }
    }

    /**
     * Batch normalization.
     *
     * @param momentum weight of a new batch in the running estimates
     * @param epsilon added to the variance
     */
    record BatchNorm(double momentum, double epsilon) implements Operation {
        @Override
        public boolean isAffine() {
            return true;
        }
    }

    /**
     * Layer normalization.
     *
     * @param epsilon added to the variance
     */
    record LayerNorm(double epsilon) implements Operation {
        @Override
        public boolean isFeatureNorm() {
            return true;
        }
    }

    /**
     * Root mean square normalization.
     *
     * @param epsilon added to the mean square
     */
    record RmsNorm(double epsilon) implements Operation {
        @Override
        public boolean isFeatureNorm() {
            return true;
        }
    }

    /**
     * An activation function without constants of the user's, element by element.
     *
     * @param function which one
     */
    record Activation(Function function) implements Operation {
        /** The functions. */
        public enum Function {
            /** {@code max(0, x)}. */
            RELU,
            /** {@code λ·x} above 0, {@code λ·α·(eˣ − 1)} elsewhere. */
            SELU,
            /** {@code x·Φ(x)}, exact. */
            GELU,
            /** {@code x/(1 + e⁻ˣ)}. */
            SILU,
            /** {@code tanh(x)}. */
            TANH,
            /** {@code 1/(1 + e⁻ˣ)}. */
            SIGMOID
        }
    }

    /**
     * The activation function that is {@code x} above 0 and {@code slope·x} elsewhere.
     *
     * @param slope as it is written: it may lie outside its range
     */
    record LeakyRelu(double slope) implements Operation {}

    /**
     * The activation function that is {@code x} above 0 and {@code alpha·(eˣ − 1)} elsewhere.
     *
     * @param alpha as it is written: it may lie outside its range
     */
    record Elu(double alpha) implements Operation {}

    /** Softmax over the features. */
    record Softmax() implements Operation {}

    /** Any shape to a row of features. */
    record Flatten() implements Operation {
        @Override
        public boolean isShapeChange() {
            return true;
        }
    }

    /**
     * Drop connect: inverted dropout of the weights of the linear operation behind it, in front of which it stands.
     *
     * @param p probability of dropping, as it is written: it may lie outside its range
     */
    record DropConnect(double p) implements Operation {
        @Override
        public boolean isNoise() {
            return true;
        }

        @Override
        public double noiseRate() {
            return p;
        }
    }

    /**
     * Inverted dropout.
     *
     * @param p probability of dropping, as it is written: it may lie outside its range
     */
    record Dropout(double p) implements Operation {
        @Override
        public boolean isNoise() {
            return true;
        }

        @Override
        public double noiseRate() {
            return p;
        }
    }

    /**
     * Alpha dropout.
     *
     * @param p probability of dropping, as it is written: it may lie outside its range
     */
    record AlphaDropout(double p) implements Operation {
        @Override
        public boolean isNoise() {
            return true;
        }

        @Override
        public double noiseRate() {
            return p;
        }
    }

    /**
     * Multiplication by normal values of mean 1 and variance p/(1 − p).
     *
     * @param p probability of the dropout that is as strong, as it is written: it may lie outside its range
     */
    record GaussianDropout(double p) implements Operation {
        @Override
        public boolean isNoise() {
            return true;
        }

        @Override
        public double noiseRate() {
            return p;
        }
    }

    /**
     * Addition of normal values of mean 0.
     *
     * @param deviation their standard deviation, as it is written: it may lie outside its range
     */
    record GaussianNoise(double deviation) implements Operation {
        @Override
        public boolean isNoise() {
            return true;
        }

        /** Noise raises a variance of 1 to 1 + deviation², dropout to 1/(1 − p). */
        @Override
        public double noiseRate() {
            return deviation > 0 ? deviation * deviation / (1 + deviation * deviation) : 0;
        }
    }
}
