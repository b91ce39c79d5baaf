package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.espalier.CompiledNetwork;
import io.espalier.model.NetworkDescription;
import io.espalier.model.Parameter;
import io.espalier.train.TrainingStep;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds a network against {@link ReferenceNetwork}: logits, loss, gradients, running statistics, predictions. Gradients of
 * the reference are central differences with two step sizes; an entry where they disagree has a kink between them, and is
 * left out.
 */
final class GradientCheck {
    /** A share of the network's largest gradient that is rounding: some gradients are 0 but for it. */
    private static final double FLOOR = 2e-6;

    private static final double STEP = 1e-5;

    /** In deep networks of many rows a single ReLU that is nearly 0 can lie beside most entries; such a draw tells nothing. */
    private static final int MOST_ATTEMPTS = 4;

    /** The input of a function with a kink at 0 below this may round to the other side; such data is drawn anew. */
    private static final double SMALLEST_ACTIVATION = 2e-6;

    /**
     * A single example that is told with near certainty has a gradient p − 1 of which float32 leaves few digits; such data is
     * drawn anew.
     */
    private static final double SMALLEST_LOSS = 0.02;

    private final CompiledNetwork network;
    private final NetworkDescription description;
    private final Random random;
    private double smoothing;
    private boolean soft;

    /** Differences are relative to the largest entry of the parameter's gradient, of the logits, and so on. */
    private double tolerance = 2e-5;

    private int entries = 10;

    GradientCheck(CompiledNetwork network, long seed) {
        this.network = network;
        this.description = network.description();
        this.random = new Random(seed);
    }

    GradientCheck smoothing(double value) {
        smoothing = value;
        return this;
    }

    GradientCheck soft() {
        soft = true;
        return this;
    }

    /** For networks that make more of a rounding error on its way through. */
    GradientCheck tolerance(double relative) {
        tolerance = relative;
        return this;
    }

    /** How many entries of each parameter are checked. */
    GradientCheck entries(int count) {
        entries = count;
        return this;
    }

    void run(int rows, int threads) {
        int attempts = 1;
        while (!attempt(rows, threads)) {
            assertThat(attempts++)
                    .as("draws of weights and examples with a kink beside too many entries")
                    .isLessThan(MOST_ATTEMPTS);
        }
    }

    /** Checks all that can be checked; false if so many entries lie beside a kink that little was. */
    private boolean attempt(int rows, int threads) {
        boolean enough;
        Examples.stir(network.parameters(), random);
        long seed = random.nextLong();
        int updates = random.nextInt(3);
        try (TrainingStep step = network.trainingStep(rows, threads, seed)) {
            for (int i = 0; i < updates; i++) {
                step.forwardBackward(
                        Examples.draw(random, rows, description, soft).batch());
                step.update(0);
            }
            Map<String, double[]> values = ReferenceNetwork.values(network.parameters());
            ReferenceNetwork reference = new ReferenceNetwork(description, values);
            reference.draw(new Masks(seed, updates, 0), rows);
            Examples examples;
            double[][] logits;
            do {
                examples = Examples.draw(random, rows, description, soft);
                logits = reference.train(examples.wideInputs());
            } while (reference.nearestKink() < SMALLEST_ACTIVATION
                    || loss(logits, examples.wideTargets()) < SMALLEST_LOSS);

            float loss = step.forwardBackward(examples.batch());
            float[] outputs = new float[rows * logits[0].length];
            step.outputs(outputs);
            compare("logits", outputs, flat(logits));
            double expected = loss(logits, examples.wideTargets());
            assertThat((double) loss).as("loss").isEqualTo(expected, within(1e-5 * Math.max(1, expected)));
            reference
                    .running()
                    .forEach((name, moved) ->
                            compare(name, network.parameters().get(name).values(), moved));
            enough = gradients(reference, values, examples.wideTargets());
        }
        predictions(rows);
        return enough;
    }

    private double loss(double[][] outputs, double[][] targets) {
        return switch (description.loss()) {
            case "CROSS_ENTROPY" -> ReferenceMath.crossEntropy(outputs, targets, smoothing);
            case "BINARY_CROSS_ENTROPY" -> ReferenceMath.binaryCrossEntropy(outputs, targets);
            case "MEAN_SQUARED_ERROR" -> ReferenceMath.meanSquaredError(outputs, targets);
            default -> throw new IllegalStateException("no reference for " + description.loss());
        };
    }

    private boolean gradients(ReferenceNetwork reference, Map<String, double[]> values, double[][] targets) {
        Map<String, double[]> gradients = new TreeMap<>();
        for (Parameter parameter : network.parameters()) {
            if (parameter.role().trainable()) {
                gradients.put(parameter.name(), ReferenceNetwork.widened(parameter.gradient()));
            }
        }
        double largest = gradients.values().stream()
                .mapToDouble(GradientCheck::magnitude)
                .max()
                .orElseThrow();
        int checked = 0;
        int skipped = 0;
        for (Map.Entry<String, double[]> entry : gradients.entrySet()) {
            String name = entry.getKey();
            double[] gradient = entry.getValue();
            double[] parameter = values.getOrDefault(name, new double[0]);
            double scale = magnitude(gradient);
            double allowed = tolerance * scale + FLOOR * largest;
            int from = reference.user(name);
            for (int i : sample(gradient.length)) {
                double coarse = slope(reference, from, parameter, i, STEP, targets);
                double fine = slope(reference, from, parameter, i, STEP / 10, targets);
                if (Math.abs(coarse - fine) > allowed / 4) {
                    skipped++;
                    continue;
                }
                checked++;
                assertThat(gradient[i])
                        .as("gradient of %s at %d, where gradients reach %s", name, i, scale)
                        .isEqualTo(fine, within(allowed));
            }
        }
        return skipped <= checked / 4;
    }

    private double slope(
            ReferenceNetwork reference, int from, double[] parameter, int i, double step, double[][] targets) {
        double value = parameter[i];
        parameter[i] = value + step;
        double above = loss(reference.trainAgain(from), targets);
        parameter[i] = value - step;
        double below = loss(reference.trainAgain(from), targets);
        parameter[i] = value;
        return (above - below) / (2 * step);
    }

    /** Some entries, the last among them: it lies beside the padding. */
    private Set<Integer> sample(int length) {
        Set<Integer> sample = new TreeSet<>(Set.of(length - 1));
        while (sample.size() < Math.min(entries, length)) {
            sample.add(random.nextInt(length));
        }
        return sample;
    }

    private void predictions(int rows) {
        ReferenceNetwork reference = new ReferenceNetwork(description, ReferenceNetwork.values(network.parameters()));
        Examples examples = Examples.draw(random, rows, description, false);
        double[] expected = flat(reference.predict(examples.wideInputs()));
        float[] out = new float[expected.length];
        network.predictionPass(rows).logits(examples.flatInputs(), rows, out);
        compare("predicted logits", out, expected);
    }

    private void compare(String what, float[] actual, double[] expected) {
        assertThat(ReferenceNetwork.widened(actual))
                .as(what)
                .containsExactly(expected, within(tolerance * Math.max(0.1, magnitude(expected))));
    }

    private static double magnitude(double[] x) {
        return Arrays.stream(x).map(Math::abs).max().orElse(0);
    }

    private static double[] flat(double[][] x) {
        return Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
    }
}
