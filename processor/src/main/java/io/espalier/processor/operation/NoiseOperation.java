package io.espalier.processor.operation;

/** Noise in training, whose strength is one of its attributes. */
public interface NoiseOperation extends Operation {
    @Override
    default boolean isNoise() {
        return true;
    }

    @Override
    default boolean isElementwise() {
        return !masksWeights();
    }

    /**
     * The element that the strength is written as.
     *
     * @return its name
     */
    default String strengthElement() {
        return "p";
    }

    /**
     * The strength at which the noise is as strong as a dropout, the inverse of {@link #noiseRate}.
     *
     * @param rate the dropout's probability, in [0, 1)
     * @return the value of the element {@link #strengthElement}
     */
    default double strengthAt(double rate) {
        return rate;
    }

    /**
     * Whether the noise changes anything: its strength lies in its range, and does not come to 0.
     *
     * @return false for noise without an effect
     */
    default boolean acts() {
        return Rates.drops(noiseRate());
    }
}
