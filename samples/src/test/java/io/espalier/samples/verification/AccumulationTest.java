package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.espalier.CompiledNetwork;
import io.espalier.model.Parameter;
import io.espalier.train.TrainingStep;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several batches as one, and losses of one's own. */
class AccumulationTest {
    private static Map<String, float[]> gradients(CompiledNetwork network) {
        Map<String, float[]> gradients = new TreeMap<>();
        for (Parameter parameter : network.parameters()) {
            if (parameter.role().trainable()) {
                gradients.put(parameter.name(), parameter.gradient());
            }
        }
        return gradients;
    }

    private static void assertSame(Map<String, float[]> actual, Map<String, float[]> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
    }

    private static void assertClose(Map<String, float[]> actual, Map<String, float[]> expected) {
        double largest = expected.values().stream()
                .mapToDouble(AccumulationTest::magnitude)
                .max()
                .orElseThrow();
        expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).containsExactly(values, within((float)
                (2e-5 * magnitude(values) + 1e-6 * largest))));
    }

    private static double magnitude(float[] x) {
        return Arrays.stream(ReferenceNetwork.widened(x)).map(Math::abs).max().orElse(0);
    }

    @ParameterizedTest(name = "two halves of {0} rows")
    @ValueSource(ints = {512, 1024})
    void halvesOfWholeLeavesGiveTheBitsOfOneBatch(int half) {
        long seed = Seeds.draw("halves of " + half);
        CompiledNetwork one = DeepModels_RowwiseNetwork.create(seed);
        CompiledNetwork two = DeepModels_RowwiseNetwork.create(seed);
        Examples all = Examples.draw(new Random(seed), 2 * half, one.description(), false);
        try (TrainingStep whole = one.trainingStep(2 * half, 2, seed);
                TrainingStep halves = two.trainingStep(half, 1, seed)) {
            for (int update = 0; update < 3; update++) {
                float loss = whole.forwardBackward(all.batch());
                float first = halves.accumulate(all.part(0, half).batch());
                float second = halves.accumulate(all.part(half, 2 * half).batch());
                assertThat((first + second) / 2).isCloseTo(loss, within(1e-5f));
                assertSame(gradients(two), gradients(one));
                whole.update(0.01f);
                halves.update(0.01f);
            }
            assertThat(two.snapshot()).isEqualTo(one.snapshot());
        }
    }

    @Test
    void unequalPartsGiveTheGradientOfOneBatch() {
        long seed = Seeds.draw("unequal parts");
        CompiledNetwork network = DeepModels_RowwiseNetwork.create(seed);
        Examples all = Examples.draw(new Random(seed), 130, network.description(), true);
        Map<String, float[]> expected;
        try (TrainingStep step = network.trainingStep(130, 2, seed)) {
            step.forwardBackward(all.batch());
            expected = gradients(network);
        }
        try (TrainingStep step = network.trainingStep(100, 2, seed)) {
            step.accumulate(all.part(0, 25).batch());
            step.accumulate(all.part(25, 125).batch());
            step.accumulate(all.part(125, 130).batch());
            assertClose(gradients(network), expected);
        }
    }

    @Test
    void batchNormNormalizesEachPartByItself() {
        long seed = Seeds.draw("parts under batch norm");
        CompiledNetwork network = OperationModels_BatchNormOnlyNetwork.create(seed);
        Examples all = Examples.draw(new Random(seed), 80, network.description(), false);
        try (TrainingStep step = network.trainingStep(40, 2, seed)) {
            step.forwardBackward(all.part(0, 40).batch());
            Map<String, float[]> mean = gradients(network);
            step.forwardBackward(all.part(40, 80).batch());
            gradients(network)
                    .forEach((name, values) -> mean.computeIfPresent(name, (same, others) -> {
                        for (int i = 0; i < values.length; i++) {
                            values[i] = (values[i] + others[i]) / 2;
                        }
                        return values;
                    }));
            step.update(0);
            step.accumulate(all.part(0, 40).batch());
            step.accumulate(all.part(40, 80).batch());
            assertClose(gradients(network), mean);
        }
    }

    @Test
    void anUpdateStartsTheNextAccumulation() {
        long seed = Seeds.draw("accumulation after an update");
        CompiledNetwork network = OperationModels_TanhOnlyNetwork.create(seed);
        Examples examples = Examples.draw(new Random(seed), 40, network.description(), false);
        try (TrainingStep step = network.trainingStep(40, 2, seed)) {
            step.accumulate(examples.batch());
            Map<String, float[]> expected = gradients(network);
            step.update(0);
            step.accumulate(examples.batch());
            assertSame(gradients(network), expected);
        }
    }

    @Test
    void aLossOfOnesOwnGivesTheSameGradients() {
        long seed = Seeds.draw("own loss");
        int rows = 37;
        CompiledNetwork network = DeepModels_RowwiseNetwork.create(seed);
        Examples examples = Examples.draw(new Random(seed), rows, network.description(), false);
        try (TrainingStep step = network.trainingStep(rows, 2, seed)) {
            step.forwardBackward(examples.batch());
            Map<String, float[]> expected = gradients(network);
            step.forward(examples.batch());
            float[] logits = new float[rows * 7];
            step.outputs(logits);
            float[] gradient = new float[logits.length];
            for (int row = 0; row < rows; row++) {
                double[] softmax = ReferenceMath.softmax(
                        ReferenceNetwork.widened(Arrays.copyOfRange(logits, row * 7, row * 7 + 7)));
                for (int k = 0; k < 7; k++) {
                    double target = 0.9 * examples.targets()[row][k] + 0.1 / 7;
                    gradient[row * 7 + k] = (float) ((softmax[k] - target) / rows);
                }
            }
            step.backward(gradient);
            assertClose(gradients(network), expected);
        }
    }
}
