package io.espalier.samples.verification;

import io.espalier.data.Batch;
import io.espalier.data.Dataset;
import io.espalier.model.NetworkDescription;
import io.espalier.model.Parameter;
import io.espalier.model.Parameters;
import java.util.Arrays;
import java.util.Random;

/**
 * Random inputs with targets.
 *
 * @param inputs row-major
 * @param targets for each row a distribution over the classes, labels or values
 * @param labels the classes, where the distributions are no soft ones
 * @param kind what the targets are
 */
record Examples(float[][] inputs, float[][] targets, int[] labels, Kind kind) {
    /** What a network's loss takes. */
    enum Kind {
        CLASSES,
        SHARES,
        LABELS,
        VALUES
    }

    static Examples draw(Random random, int rows, NetworkDescription network, boolean soft) {
        int width = Arrays.stream(network.input()).reduce(1, (a, b) -> a * b);
        int classes = network.output()[0];
        float[][] inputs = new float[rows][width];
        float[][] targets = new float[rows][classes];
        int[] labels = new int[rows];
        Kind kind =
                switch (network.loss()) {
                    case "BINARY_CROSS_ENTROPY" -> Kind.LABELS;
                    case "MEAN_SQUARED_ERROR" -> Kind.VALUES;
                    default -> soft ? Kind.SHARES : Kind.CLASSES;
                };
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < width; i++) {
                inputs[row][i] = (float) random.nextGaussian();
            }
            labels[row] = random.nextInt(classes);
            switch (kind) {
                case CLASSES -> targets[row][labels[row]] = 1;
                case SHARES -> {
                    // Sixteenths, so that the shares of a row sum to 1 exactly.
                    for (int draw = 0; draw < 16; draw++) {
                        targets[row][random.nextInt(classes)] += 0.0625f;
                    }
                }
                case LABELS -> {
                    for (int k = 0; k < classes; k++) {
                        targets[row][k] = random.nextInt(5) == 0 ? random.nextFloat() : random.nextInt(2);
                    }
                }
                case VALUES -> {
                    for (int k = 0; k < classes; k++) {
                        targets[row][k] = (float) random.nextGaussian();
                    }
                }
            }
        }
        return new Examples(inputs, targets, labels, kind);
    }

    int rows() {
        return inputs.length;
    }

    float[] flatInputs() {
        return flat(inputs);
    }

    Batch batch() {
        return switch (kind) {
            case CLASSES -> Batch.of(flat(inputs), labels, rows());
            case SHARES -> Batch.ofSoft(flat(inputs), flat(targets), targets[0].length, rows());
            case LABELS -> Batch.ofLabels(flat(inputs), flat(targets), targets[0].length, rows());
            case VALUES -> Batch.ofValues(flat(inputs), flat(targets), targets[0].length, rows());
        };
    }

    Dataset dataset() {
        return switch (kind) {
            case CLASSES -> Dataset.of(inputs, labels, targets[0].length);
            case SHARES -> throw new IllegalStateException("there is no data set of shares in memory");
            case LABELS -> Dataset.ofLabels(inputs, targets);
            case VALUES -> Dataset.ofValues(inputs, targets);
        };
    }

    /** Some of the rows. */
    Examples part(int from, int to) {
        return new Examples(
                Arrays.copyOfRange(inputs, from, to),
                Arrays.copyOfRange(targets, from, to),
                Arrays.copyOfRange(labels, from, to),
                kind);
    }

    double[][] wideInputs() {
        return wide(inputs);
    }

    double[][] wideTargets() {
        return wide(targets);
    }

    private static float[] flat(float[][] x) {
        float[] flat = new float[x.length * x[0].length];
        for (int row = 0; row < x.length; row++) {
            System.arraycopy(x[row], 0, flat, row * x[0].length, x[0].length);
        }
        return flat;
    }

    private static double[][] wide(float[][] x) {
        return Arrays.stream(x).map(ReferenceNetwork::widened).toArray(double[][]::new);
    }

    /** Moves every parameter away from where it starts: no scale of exactly 1, no bias of exactly 0. */
    static void stir(Parameters parameters, Random random) {
        for (Parameter parameter : parameters) {
            float[] values = parameter.values();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float)
                        switch (parameter.role()) {
                            case RUNNING_VARIANCE -> random.nextDouble();
                            case WEIGHT -> 0.02 * random.nextGaussian();
                            case BIAS, NORM_SCALE, NORM_SHIFT, RUNNING_MEAN -> 0.3 * random.nextGaussian();
                        };
            }
            parameter.set(values);
        }
    }
}
