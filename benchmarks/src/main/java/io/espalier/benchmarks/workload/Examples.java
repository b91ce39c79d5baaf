package io.espalier.benchmarks.workload;

import java.util.SplittableRandom;

/**
 * Batches that every engine trains on in rotation: each class has a centre of its own, and noise around it makes them hard
 * enough that the loss still falls over the steps whose losses are compared.
 *
 * @param inputs a row-major array {@code [batchSize][inputSize]} for each batch
 * @param labels the classes of each batch
 * @param inputSize values of an example
 * @param classes number of classes
 */
@SuppressWarnings("ArrayRecordComponent") // the engines read them in place
public record Examples(float[][] inputs, int[][] labels, int inputSize, int classes) {
    private static final int BATCHES = 8;
    private static final long SEED = 7;

    /**
     * Of a centre's values beside the noise's 1: two centres of {@link Recipe#W1} are 4 of the noise's deviations apart, so
     * that classes overlap, and those of {@link Recipe#W2}, with more inputs, 10.
     */
    private static final double SPREAD = 0.25;

    /**
     * Draws examples; the same ones each time.
     *
     * @param batchSize examples of a batch
     * @param inputSize values of an example
     * @param classes number of classes
     * @return the batches
     */
    public static Examples draw(int batchSize, int inputSize, int classes) {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] centres = new float[classes * inputSize];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = (float) (SPREAD * random.nextGaussian());
        }
        float[][] inputs = new float[BATCHES][batchSize * inputSize];
        int[][] labels = new int[BATCHES][batchSize];
        for (int batch = 0; batch < BATCHES; batch++) {
            for (int row = 0; row < batchSize; row++) {
                int label = random.nextInt(classes);
                labels[batch][row] = label;
                for (int i = 0; i < inputSize; i++) {
                    inputs[batch][row * inputSize + i] = centres[label * inputSize + i] + (float) random.nextGaussian();
                }
            }
        }
        return new Examples(inputs, labels, inputSize, classes);
    }

    /**
     * How many batches there are.
     *
     * @return the length of the rotation
     */
    public int batches() {
        return inputs.length;
    }

    /**
     * The examples of a batch.
     *
     * @return rows of each batch
     */
    public int batchSize() {
        return labels[0].length;
    }
}
