package io.espalier.benchmarks.kernels;

import io.espalier.data.Batch;
import io.espalier.model.NetworkDescription;
import java.util.Random;
import java.util.stream.IntStream;

/** Inputs that mean nothing: what a step costs does not depend on them, as long as they are no denormal numbers. */
public final class Noise {
    private Noise() {}

    /**
     * Examples for a network.
     *
     * @param network what they fit
     * @param examples how many
     * @param seed fixes them
     * @return normally distributed inputs, and labels at random
     */
    public static Batch batch(NetworkDescription network, int examples, long seed) {
        Random random = new Random(seed);
        int classes = size(network.output());
        int[] labels = random.ints(examples, 0, classes).toArray();
        return Batch.of(inputs(random, examples * size(network.input())), labels, examples);
    }

    /**
     * Normally distributed values.
     *
     * @param random their source
     * @param length how many
     * @return the values
     */
    static float[] inputs(Random random, int length) {
        float[] inputs = new float[length];
        for (int i = 0; i < length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        return inputs;
    }

    private static int size(int[] shape) {
        return IntStream.of(shape).reduce(1, Math::multiplyExact);
    }
}
