package io.espalier.samples.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.espalier.CompiledNetwork;
import io.espalier.data.Batch;
import io.espalier.model.Parameter;
import io.espalier.model.Parameters;
import io.espalier.store.Tensor;
import io.espalier.train.TrainingStep;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The training that PyTorch did, done again by an emitted network: the same initial values, inputs and targets, and a loss,
 * gradients, parameters after all steps and predictions that must come out alike.
 *
 * <p>The expected values are those of double precision. How far float32 may be from them is relative to the largest value of
 * the same tensor, because what is rounded are terms of sums of that size, whatever is left of them. PyTorch's own float32
 * is up to 1e-6 away ({@code expected_values.py --rounding}).
 */
final class Replay {
    /** Twice what rounding does to PyTorch's own values. */
    static final double ROUNDING = 2e-6;

    /** Whole networks make more of an error on its way through their stages; how much hangs on the order of sums. */
    static final double ROUNDING_OF_MANY = 4e-6;

    /**
     * A gradient whose true value is zero, such as that of a bias before a batch norm, is a sum of terms that cancel: of the size
     * of other gradients of the network.
     */
    private static final double CANCELLED = 0.1;

    private final ExpectedValues.Values expected;
    private final CompiledNetwork network;
    private final double rounding;

    Replay(ExpectedValues.Values expected, CompiledNetwork network, double rounding) {
        this.expected = expected;
        this.network = network;
        this.rounding = rounding;
    }

    void run(int threads) {
        initialize();
        Tensor inputs = expected.get("inputs");
        int batches = inputs.shape()[0];
        int rows = inputs.shape()[1];
        float rate = expected.get("rate").values()[0];
        float[] expectedLosses = expected.get("losses").values();
        float[] losses = new float[expectedLosses.length];
        try (TrainingStep step = network.trainingStep(rows, threads, expected.seed())) {
            if (expected.has("classWeights")) {
                step.classWeights(expected.get("classWeights").values());
            }
            for (int i = 0; i < losses.length; i++) {
                losses[i] = step.forwardBackward(batch(i % batches, batches));
                if (i == 0) {
                    float[] outputs = new float[expected.get("outputs").values().length];
                    step.outputs(outputs);
                    compare("outputs", outputs, expected.get("outputs").values(), 0);
                    gradients();
                }
                step.update(rate);
            }
        }
        compare("losses", losses, expectedLosses, 0);
        expected.parameters("final")
                .forEach((name, tensor) -> compare(
                        name + " at the end", network.parameters().get(name).values(), tensor.values(), 0));
        float[] predicted = new float[expected.get("predicted").values().length];
        network.predictionPass(rows).logits(part(inputs, 0), rows, predicted);
        compare("predictions", predicted, expected.get("predicted").values(), 0);
    }

    private void initialize() {
        Parameters parameters = network.parameters();
        assertThat(shapes(expected.parameters("initial")))
                .as("parameters and shapes")
                .isEqualTo(StreamSupport.stream(parameters.spliterator(), false)
                        .collect(Collectors.toMap(Parameter::name, p -> Arrays.toString(p.shape()))));
        expected.parameters("initial")
                .forEach((name, tensor) -> parameters.get(name).set(tensor.values()));
    }

    private static Map<String, String> shapes(Map<String, Tensor> tensors) {
        return tensors.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, e -> Arrays.toString(e.getValue().shape())));
    }

    private Batch batch(int index, int batches) {
        float[] inputs = part(expected.get("inputs"), index);
        int rows = expected.get("inputs").shape()[1];
        if (expected.has("labels")) {
            return Batch.of(inputs, classes(part(expected.get("labels"), index)), rows);
        }
        String kind = expected.has("softTargets")
                ? "softTargets"
                : expected.has("targetValues") ? "targetValues" : "independentLabels";
        int outputs = expected.get(kind).shape()[2];
        float[] targets = part(expected.get(kind), index);
        return switch (kind) {
            case "softTargets" -> Batch.ofSoft(inputs, targets, outputs, rows);
            case "targetValues" -> Batch.ofValues(inputs, targets, outputs, rows);
            default -> Batch.ofLabels(inputs, targets, outputs, rows);
        };
    }

    private static int[] classes(float[] labels) {
        int[] classes = new int[labels.length];
        for (int row = 0; row < labels.length; row++) {
            classes[row] = (int) labels[row];
        }
        return classes;
    }

    /** One batch of {@code [batches][rows]…}. */
    private static float[] part(Tensor tensor, int index) {
        int size = tensor.values().length / tensor.shape()[0];
        return Arrays.copyOfRange(tensor.values(), index * size, (index + 1) * size);
    }

    private void gradients() {
        Map<String, Tensor> gradients = expected.parameters("gradient");
        double largest = gradients.values().stream()
                .mapToDouble(tensor -> magnitude(tensor.values()))
                .max()
                .orElse(0);
        gradients.forEach((name, tensor) -> compare(
                "gradient of " + name,
                network.parameters().get(name).gradient(),
                tensor.values(),
                CANCELLED * largest));
    }

    private void compare(String what, float[] actual, float[] values, double least) {
        double allowed = rounding * Math.max(least, magnitude(values));
        assertThat(actual).as(what).hasSameSizeAs(values);
        for (int i = 0; i < values.length; i++) {
            assertThat((double) actual[i])
                    .as("%s at %d, of values up to %s", what, i, magnitude(values))
                    .isEqualTo(values[i], within(allowed));
        }
    }

    private static double magnitude(float[] x) {
        double magnitude = 0;
        for (float v : x) {
            magnitude = Math.max(magnitude, Math.abs(v));
        }
        return magnitude;
    }
}
