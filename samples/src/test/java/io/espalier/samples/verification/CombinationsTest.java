package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.espalier.CompiledNetwork;
import io.espalier.MonteCarlo;
import io.espalier.Uncertainty;
import io.espalier.model.Parameter;
import io.espalier.random.Purpose;
import io.espalier.random.RandomStream;
import io.espalier.train.TrainingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations in company against the reference: training, its threads, and Monte-Carlo samples. */
class CombinationsTest {
    private static Arguments network(String name, LongFunction<CompiledNetwork> create) {
        return Arguments.of(name, create);
    }

    private static Stream<Arguments> networks() {
        return Stream.of(
                network("behind wide products", CombinationModels_BehindWideNetwork::create),
                network("in repeats", CombinationModels_InRepeatsNetwork::create),
                network("labels", CombinationModels_LabelsNetwork::create),
                network("values", CombinationModels_ValuesNetwork::create),
                network("many in a loop", CombinationModels_CrowdedNetwork::create),
                network("norms only", CombinationModels_NormsOnlyNetwork::create));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void gradientsAndPredictionsAreTheReferences(String name, LongFunction<CompiledNetwork> create) {
        long seed = Seeds.draw(name);
        new GradientCheck(create.apply(seed), seed)
                .tolerance(2e-4)
                .entries(name.contains("wide") ? 1 : 4)
                .run(19, 2);
    }

    private static Stream<Arguments> trained() {
        return Stream.concat(
                networks(),
                Stream.of(
                        network("norms without decay", CombinationModels_NormsWithoutDecayNetwork::create),
                        network("limited norms", CombinationModels_LimitedNetwork::create)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trained")
    void threadsMakeNoDifference(String name, LongFunction<CompiledNetwork> create) {
        long seed = Seeds.draw("threads, " + name);
        List<Float> one = trained(create, 1, seed);
        assertThat(trained(create, 3, seed).equals(one)).as("3 threads as 1").isTrue();
    }

    private static List<Float> trained(LongFunction<CompiledNetwork> create, int threads, long seed) {
        CompiledNetwork network = create.apply(seed);
        Random random = new Random(seed);
        List<Float> values = new ArrayList<>();
        try (TrainingStep step = network.trainingStep(70, threads, seed)) {
            for (int rows : new int[] {70, 33, 2}) {
                values.add(step.forwardBackward(Examples.draw(random, rows, network.description(), false)
                        .batch()));
                step.update(0.01f);
            }
        }
        for (float value : network.snapshot()) {
            assertThat(value).isFinite();
            values.add(value);
        }
        return values;
    }

    private static Stream<Arguments> sampled() {
        return Stream.of(
                sampled(
                        "behind wide products",
                        CombinationModels_BehindWideNetwork::create,
                        CombinationModels_BehindWideNetwork::monteCarlo),
                sampled(
                        "in repeats",
                        CombinationModels_InRepeatsNetwork::create,
                        CombinationModels_InRepeatsNetwork::monteCarlo),
                sampled("labels", CombinationModels_LabelsNetwork::create, CombinationModels_LabelsNetwork::monteCarlo),
                sampled(
                        "values",
                        CombinationModels_ValuesNetwork::create,
                        CombinationModels_ValuesNetwork::monteCarlo));
    }

    private interface Sampling<N> {
        MonteCarlo of(N network, int samples, long seed);
    }

    private static <N extends CompiledNetwork> Arguments sampled(
            String name, LongFunction<N> create, Sampling<N> sampling) {
        return Arguments.of(name, create, sampling);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sampled")
    <N extends CompiledNetwork> void samplesAreTheReferences(
            String name, LongFunction<N> create, Sampling<N> sampling) {
        long seed = Seeds.draw("samples, " + name);
        N network = create.apply(seed);
        Random random = new Random(seed);
        Examples.stir(network.parameters(), random);
        // More rows than a pass takes at a time.
        int rows = 70;
        Examples examples = Examples.draw(random, rows, network.description(), false);
        List<Uncertainty> estimates = sampling.of(network, 2, seed).estimates(examples.flatInputs(), rows);

        ReferenceNetwork reference =
                new ReferenceNetwork(network.description(), ReferenceNetwork.values(network.parameters()));
        double[][] mean = new double[rows][estimates.getFirst().mean().length];
        for (int sample = 0; sample < 2; sample++) {
            reference.draw(new Masks(seedOfSamples(seed), sample, 0), rows);
            double[][] outputs = reference.sample(examples.wideInputs());
            for (int row = 0; row < rows; row++) {
                double[] answers = answers(outputs[row], network.description().loss());
                for (int i = 0; i < answers.length; i++) {
                    mean[row][i] += answers[i] / 2;
                }
            }
        }
        for (int row = 0; row < rows; row++) {
            assertThat(ReferenceNetwork.widened(estimates.get(row).mean()))
                    .as("example %d", row)
                    .containsExactly(mean[row], within(1e-4));
        }
    }

    /** The key of the samples' masks, which is another than that of training with the same seed. */
    private static long seedOfSamples(long seed) {
        RandomStream drawn = new RandomStream(seed, Purpose.MONTE_CARLO, 0);
        return (long) drawn.nextInt() << Integer.SIZE | Integer.toUnsignedLong(drawn.nextInt());
    }

    private static double[] answers(double[] outputs, String loss) {
        return switch (loss) {
            case "CROSS_ENTROPY" -> ReferenceMath.softmax(outputs);
            case "BINARY_CROSS_ENTROPY" ->
                Arrays.stream(outputs).map(ReferenceMath::sigmoid).toArray();
            default -> outputs;
        };
    }

    @Test
    void unitsAreLimitedAtEveryWidth() {
        long seed = Seeds.draw("limited norms");
        CompiledNetwork network = CombinationModels_LimitedNetwork.create(seed);
        Random random = new Random(seed);
        Map<String, float[]> before = new HashMap<>();
        try (TrainingStep step = network.trainingStep(20, 2, seed)) {
            step.forwardBackward(
                    Examples.draw(random, 20, network.description(), false).batch());
            for (Parameter parameter : network.parameters()) {
                float[] moved = parameter.values();
                float[] gradient = parameter.gradient();
                for (int i = 0; i < moved.length; i++) {
                    moved[i] -= 0.5f * gradient[i];
                }
                before.put(parameter.name(), moved);
            }
            step.update(0.5f);
        }
        int limited = 0;
        for (Parameter parameter : network.parameters()) {
            float[] expected = before.get(parameter.name());
            int units = parameter.shape().length == 2 ? parameter.shape()[0] : 0;
            int in = units == 0 ? 0 : parameter.shape()[1];
            for (int unit = 0; unit < units; unit++) {
                double squares = 0;
                for (int i = unit * in; i < (unit + 1) * in; i++) {
                    squares += (double) expected[i] * expected[i];
                }
                if (squares > 0.49) {
                    limited++;
                    for (int i = unit * in; i < (unit + 1) * in; i++) {
                        expected[i] *= (float) (0.7 / Math.sqrt(squares));
                    }
                }
            }
            float[] values = parameter.values();
            double farthest = 0;
            for (int i = 0; i < values.length; i++) {
                farthest = Math.max(farthest, Math.abs(values[i] - expected[i]));
            }
            assertThat(farthest).as(parameter.name()).isLessThan(1e-5);
        }
        assertThat(limited).as("units that were limited").isGreaterThan(5);
    }
}
