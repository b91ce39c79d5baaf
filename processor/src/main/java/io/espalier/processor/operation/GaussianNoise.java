package io.espalier.processor.operation;

import java.util.List;

/**
 * Addition of normal values of mean 0.
 *
 * @param deviation their standard deviation, as it is written: it may lie outside its range
 */
public record GaussianNoise(double deviation) implements NoiseOperation {
    static final Definition DEFINITION = Definition.keepingShape(
            "GaussianNoise",
            annotation -> new GaussianNoise(annotation.doubleValue("deviation")),
            new Attribute(
                    "deviation", Range.ZERO_OR_MORE, "the standard deviation of the noise", Choice.byDefault("0.1")));

    @Override
    public List<String> attributes() {
        return List.of("deviation", String.valueOf(deviation));
    }

    /** Noise raises a variance of 1 to 1 + deviation², dropout to 1/(1 − p). */
    @Override
    public double noiseRate() {
        return deviation > 0 ? deviation * deviation / (1 + deviation * deviation) : 0;
    }

    @Override
    public String strengthElement() {
        return "deviation";
    }

    @Override
    public double strengthAt(double rate) {
        return Math.sqrt(rate / (1 - rate));
    }

    @Override
    public boolean acts() {
        return noiseRate() > 0;
    }
}
