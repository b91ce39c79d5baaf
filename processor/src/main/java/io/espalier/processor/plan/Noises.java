package io.espalier.processor.plan;

import io.espalier.processor.operation.AlphaDropout;
import io.espalier.processor.operation.DropConnect;
import io.espalier.processor.operation.Dropout;
import io.espalier.processor.operation.GaussianDropout;
import io.espalier.processor.operation.GaussianNoise;
import io.espalier.processor.operation.Operation;
import java.util.Optional;

/** Makes steps of a region's noise: rates in 16 bits, names, random streams. What does nothing gets neither step nor stream. */
final class Noises {
    private final Places places;

    /** {@code xAlphaDropout} is the alpha dropout of {@code x} and the dropout of {@code xAlpha}: what they draw has two names. */
    private final Names names = new Names();

    Noises(Places places) {
        this.places = places;
    }

    /**
     * The step of an operation that is noise.
     *
     * @param path stage and operation
     * @param width how many values an example has there
     * @return the step, with a stream of its own; empty for noise that does nothing
     */
    Optional<Step.Noise> step(Operation noise, String path, int width) {
        return switch (noise) {
            case Dropout dropout -> {
                int threshold = threshold(dropout.p());
                yield threshold == 0
                        ? Optional.empty()
                        : Optional.of(new Step.Dropout(names.unique(path), dropout.p(), threshold, stream(), width));
            }
            case AlphaDropout dropout -> {
                int threshold = threshold(dropout.p());
                yield threshold == 0
                        ? Optional.empty()
                        : Optional.of(
                                new Step.AlphaDropout(names.unique(path), dropout.p(), threshold, stream(), width));
            }
            case GaussianDropout dropout ->
                dropout.p() == 0
                        ? Optional.empty()
                        : Optional.of(new Step.GaussianDropout(names.unique(path), dropout.p(), stream(), width));
            case GaussianNoise gaussian ->
                gaussian.deviation() == 0
                        ? Optional.empty()
                        : Optional.of(
                                new Step.GaussianNoise(names.unique(path), gaussian.deviation(), stream(), width));
            default -> throw new IllegalArgumentException(noise + " is no noise of values");
        };
    }

    /** What drop connect makes of the product behind it; empty where it drops nothing. */
    Optional<Product.DropConnect> dropConnect(DropConnect drop) {
        int threshold = threshold(drop.p());
        return threshold == 0 ? Optional.empty() : Optional.of(new Product.DropConnect(drop.p(), threshold, stream()));
    }

    private int stream() {
        return places.takeStreams(1);
    }

    /** The probability in 16 bits, as emitted code compares it; never all of them, so that the scale stays finite. */
    private static int threshold(double p) {
        return Math.min(65_535, Math.toIntExact(Math.round(p * 65_536)));
    }
}
