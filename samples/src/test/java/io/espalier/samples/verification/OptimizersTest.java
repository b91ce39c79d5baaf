package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.espalier.CompiledNetwork;
import io.espalier.data.Batch;
import io.espalier.model.Parameter;
import io.espalier.model.ParameterRole;
import io.espalier.train.TrainingStep;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What optimizers and penalties do to the weights of whole networks. */
class OptimizersTest {
    private static final int ROWS = 48;

    private static Stream<Arguments> penalized() {
        LongFunction<CompiledNetwork> adam = OptimizerModels_WithAdamNetwork::create;
        LongFunction<CompiledNetwork> rmsProp = OptimizerModels_WithRmsPropNetwork::create;
        LongFunction<CompiledNetwork> rmsMomentum = OptimizerModels_WithRmsMomentumNetwork::create;
        LongFunction<CompiledNetwork> descent = OptimizerModels_WithDescentNetwork::create;
        return Stream.of(
                Arguments.of("Adam", adam),
                Arguments.of("RMSprop", rmsProp),
                Arguments.of("RMSprop with momentum", rmsMomentum),
                Arguments.of("descent", descent));
    }

    private static double[] unitNorms(Parameter weight) {
        float[] values = weight.values();
        int in = weight.shape()[1];
        double[] norms = new double[weight.shape()[0]];
        for (int i = 0; i < values.length; i++) {
            norms[i / in] += (double) values[i] * values[i];
        }
        return Arrays.stream(norms).map(Math::sqrt).toArray();
    }

    private static void train(CompiledNetwork network, Random random, int steps, float rate, Runnable afterEach) {
        try (TrainingStep step = network.trainingStep(ROWS, 2, 7)) {
            for (int i = 0; i < steps; i++) {
                step.forwardBackward(Examples.draw(random, ROWS, network.description(), false)
                        .batch());
                step.update(rate);
                afterEach.run();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("penalized")
    void maxNormHoldsForEveryUnitAfterEveryStep(String name, LongFunction<CompiledNetwork> create) {
        CompiledNetwork network = create.apply(3);
        int[] atTheLimit = new int[1];
        train(network, new Random(Seeds.draw("max norm, " + name)), 20, 0.02f, () -> {
            for (Parameter parameter : network.parameters()) {
                if (parameter.role() == ParameterRole.WEIGHT) {
                    for (double norm : unitNorms(parameter)) {
                        assertThat(norm).as(parameter.name()).isLessThan(1 + 1e-6);
                        atTheLimit[0] += norm > 1 - 1e-6 ? 1 : 0;
                    }
                }
            }
        });
        assertThat(atTheLimit[0]).as("units at the limit").isPositive();
    }

    /** A weight that is limited is transposed after that: transposing all of them anew changes no bit of the gradients. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("penalized")
    void transposedWeightsFollowThePenalties(String name, LongFunction<CompiledNetwork> create) {
        CompiledNetwork network = create.apply(3);
        Random random = new Random(Seeds.draw("transposed, " + name));
        Batch batch = Examples.draw(random, ROWS, network.description(), false).batch();
        try (TrainingStep step = network.trainingStep(ROWS, 2, 7)) {
            step.forwardBackward(batch);
            step.update(0.05f);
            step.forwardBackward(batch);
            Map<String, float[]> gradients = new LinkedHashMap<>();
            network.parameters().forEach(parameter -> gradients.put(parameter.name(), parameter.gradient()));
            Parameter any = network.parameters().get("logits.dense.bias");
            any.set(any.values());
            step.forwardBackward(batch);
            network.parameters().forEach(parameter -> assertThat(parameter.gradient())
                    .as(parameter.name())
                    .containsExactly(gradients.get(parameter.name())));
        }
    }

    @Test
    void penaltiesReachWeightsAlone() {
        CompiledNetwork network = OptimizerModels_WithDescentNetwork.create(3);
        Random random = new Random(Seeds.draw("weights alone"));
        Examples.stir(network.parameters(), random);
        Map<String, float[]> before = new LinkedHashMap<>();
        network.parameters().forEach(parameter -> before.put(parameter.name(), parameter.values()));
        try (TrainingStep step = network.trainingStep(ROWS, 2, 7)) {
            step.forward(
                    Examples.draw(random, ROWS, network.description(), false).batch());
            step.backward(new float[ROWS * 5]);
            step.update(0.1f);
        }
        for (Parameter parameter : network.parameters()) {
            assertThat(parameter.decayed()).as(parameter.name()).isFalse();
            if (parameter.role() == ParameterRole.WEIGHT) {
                assertThat(parameter.values()).as(parameter.name()).isNotEqualTo(before.get(parameter.name()));
            } else {
                assertThat(parameter.values()).as(parameter.name()).containsExactly(before.get(parameter.name()));
            }
        }
    }

    /** Of plain descent; L2 of the model is its decay times the rate, whatever the gradients. */
    @Test
    void withPlainDescentAnL2PenaltyIsWeightDecay() {
        long seed = Seeds.draw("coupled and decoupled");
        CompiledNetwork coupled = OptimizerModels_CoupledNetwork.create(3);
        CompiledNetwork decoupled = OptimizerModels_DecoupledNetwork.create(3);
        float[] start = coupled.parameters().get("hidden.dense.weight").values();
        train(coupled, new Random(seed), 20, 0.1f, () -> {});
        train(decoupled, new Random(seed), 20, 0.1f, () -> {});
        for (Parameter parameter : coupled.parameters()) {
            float[] values = parameter.values();
            float[] others = decoupled.parameters().get(parameter.name()).values();
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).as(parameter.name()).isCloseTo(others[i], within(1e-4f));
            }
        }
        assertThat(norm(coupled.parameters().get("hidden.dense.weight").values()))
                .isLessThan(0.8 * norm(start));
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    /** Three of twenty inputs tell the class; the weights of the others, which are noise, end at exactly 0. */
    @Test
    void l1LeavesOnlyTheWeightsThatAreNeeded() {
        CompiledNetwork network = OptimizerModels_SparseNetwork.create(3);
        Random random = new Random(Seeds.draw("sparse"));
        int rows = 1000;
        float[] inputs = new float[rows * 20];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < 20; i++) {
                inputs[row * 20 + i] = (float) random.nextGaussian();
                if (i < 3 && inputs[row * 20 + i] > inputs[row * 20 + labels[row]]) {
                    labels[row] = i;
                }
            }
        }
        try (TrainingStep step = network.trainingStep(rows, 2, 7)) {
            for (int i = 0; i < 400; i++) {
                step.forwardBackward(Batch.of(inputs, labels, rows));
                step.update(0.5f);
            }
        }
        float[] weight = network.parameters().get("logits.dense.weight").values();
        int zeros = 0;
        for (int i = 0; i < weight.length; i++) {
            zeros += weight[i] == 0 && i % 20 >= 3 ? 1 : 0;
        }
        // A weight is 0 where its mean gradient is within 0.04; that of noise has a deviation of at most 0.47/√1000 =
        // 0.015.
        assertThat(zeros).isGreaterThan(44);
        for (int c = 0; c < 3; c++) {
            assertThat(weight[c * 20 + c]).as("weight of class %d", c).isGreaterThan(0.3f);
        }
        assertThat(network.parameters().get("logits.dense.bias").values()).doesNotContain(0f);
    }

    /**
     * Loshchilov and Hutter's point in numbers: from 1, over 2,000 steps, with normal gradients of deviation 10 or 0.01, of which
     * half of the weights get the negative, so that chance cancels. Worked out in double precision, L2 shrinks by 0.0197 and by
     * 0.977, decay by 0.181 both times.
     */
    @Test
    void adamShrinksByTheGradientsSizeWithL2AndNotWithDecay() {
        long seed = Seeds.draw("shrinkage");
        assertThat(shrinkage(OptimizerModels_AdamWithL2Network.create(1), 10, seed))
                .isCloseTo(0.019, within(0.004));
        assertThat(shrinkage(OptimizerModels_AdamWithL2Network.create(1), 0.01, seed))
                .isCloseTo(0.968, within(0.012));
        assertThat(shrinkage(OptimizerModels_AdamWithDecayNetwork.create(1), 10, seed))
                .isCloseTo(0.18, within(0.004));
        assertThat(shrinkage(OptimizerModels_AdamWithDecayNetwork.create(1), 0.01, seed))
                .isCloseTo(0.18, within(0.004));
    }

    private static double shrinkage(CompiledNetwork network, double size, long seed) {
        Parameter weight = network.parameters().get("weights.dense.weight");
        int count = weight.values().length;
        float[] ones = new float[count];
        Arrays.fill(ones, 1f);
        weight.set(ones);
        Random random = new Random(seed);
        float[] gradient = new float[count];
        Batch one = Batch.of(new float[] {1}, new int[] {0}, 1);
        try (TrainingStep step = network.trainingStep(1, 1, 7)) {
            for (int t = 0; t < 2000; t++) {
                for (int i = 0; i < count; i += 2) {
                    gradient[i] = (float) (size * random.nextGaussian());
                    gradient[i + 1] = -gradient[i];
                }
                step.forward(one);
                step.backward(gradient);
                step.update(network.learningRate());
            }
        }
        double sum = 0;
        for (float value : weight.values()) {
            sum += value;
        }
        return 1 - sum / count;
    }
}
