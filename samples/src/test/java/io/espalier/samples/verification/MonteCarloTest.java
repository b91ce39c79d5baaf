package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.espalier.Uncertainty;
import io.espalier.data.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What repeated predictions with noise tell. */
class MonteCarloTest {
    private static final int INPUTS = 6;

    private static float[] inputs(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] inputs = new float[rows * INPUTS];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) (2 * random.nextDouble() - 1);
        }
        return inputs;
    }

    @Test
    void meanAndDeviationAreThoseOfTheMasksAndTheirExpectation() {
        // One stage of dropout before the last product: the logits' mean over masks is the prediction's logits exactly,
        // and the
        // softmax of small logits is nearly linear, so that the mean of the probabilities is near the prediction's.
        var network = MonteCarloModels_PlainNetwork.create(1);
        var weight = network.parameters().get("logits.dense.weight");
        float[] small = weight.values();
        for (int i = 0; i < small.length; i++) {
            small[i] *= 0.01f;
        }
        weight.set(small);
        float[] input = inputs(1, 5);
        int samples = 4000;
        Uncertainty estimate = network.monteCarlo(samples, 9).estimate(input);
        float[] expected = network.predictor().probabilities(input);
        for (int c = 0; c < expected.length; c++) {
            // Five standard errors: a right mean fails one seed in a million; the curvature adds less than 1e-5.
            double allowed = 5 * estimate.standardDeviation()[c] / Math.sqrt(samples) + 1e-5;
            assertThat((double) estimate.mean()[c]).isBetween(expected[c] - allowed, expected[c] + allowed);
            assertThat(estimate.standardDeviation()[c]).isGreaterThan(0f);
        }
        assertThat(estimate.predictiveEntropy()).isBetween(0.0, Math.log(3) + 1e-6);
        assertThat(estimate.mutualInformation()).isBetween(0.0, estimate.predictiveEntropy());
    }

    @Test
    void dropConnectTakesOneMaskForASample() {
        // All examples alike: within a sample every row has the same weights, so that all estimates are the same.
        var network = MonteCarloModels_ConnectedNetwork.create(1);
        float[] inputs = new float[300 * INPUTS];
        Arrays.fill(inputs, 0.5f);
        List<Uncertainty> estimates = network.monteCarlo(50, 3).estimates(inputs, 300);
        assertThat(estimates.getFirst().standardDeviation()[0]).isGreaterThan(0f);
        for (Uncertainty estimate : estimates) {
            assertThat(estimate.mean()).isEqualTo(estimates.getFirst().mean());
        }
    }

    @Test
    void noiseDiffersFromPlaceToPlace() {
        // All examples alike, in more than two chunks: only the noise can make the estimates differ.
        var network = MonteCarloModels_PlainNetwork.create(1);
        float[] inputs = new float[600 * INPUTS];
        Arrays.fill(inputs, 0.5f);
        List<Uncertainty> estimates = network.monteCarlo(50, 3).estimates(inputs, 600);
        int[] places = {0, 1, 63, 64, 256, 320, 512, 599};
        assertThat(Arrays.stream(places)
                        .mapToObj(place -> estimates.get(place).mean()[0])
                        .distinct())
                .hasSameSizeAs(places);
    }

    @Test
    void anExampleCountsAtItsPlaceHoweverManyStandBesideIt() {
        var network = MonteCarloModels_DeepNetwork.create(2);
        float[] many = inputs(300, 6);
        List<Uncertainty> all = network.monteCarlo(7, 3).estimates(many, 300);
        List<Uncertainty> some = network.monteCarlo(7, 3).estimates(Arrays.copyOf(many, 40 * INPUTS), 40);
        for (int row = 0; row < some.size(); row++) {
            assertThat(some.get(row).mean()).isEqualTo(all.get(row).mean());
            assertThat(some.get(row).mutualInformation()).isEqualTo(all.get(row).mutualInformation());
        }
        assertThat(network.monteCarlo(7, 4).estimates(many, 300).getFirst().mean())
                .as("another seed")
                .isNotEqualTo(all.getFirst().mean());
        assertThat(all.get(299).standardDeviation()[0])
                .as("beyond the first chunk")
                .isGreaterThan(0f);
    }

    @Test
    void nothingOfTheNetworkChanges() {
        var network = MonteCarloModels_DeepNetwork.create(2);
        float[] points = inputs(64, 7);
        int[] labels = new int[64];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 3;
        }
        network.trainer().epochs(2).batchSize(16).fit(Dataset.of(points, labels, 3));
        float[] before = network.snapshot();
        var sampling = network.monteCarlo(20, 1);
        List<Uncertainty> estimates = sampling.estimates(points, 64);
        assertThat(network.snapshot()).isEqualTo(before);
        network.restore(new float[before.length]);
        assertThat(sampling.estimates(points, 64).getFirst().mean())
                .as("it has its own copy of the weights")
                .isEqualTo(estimates.getFirst().mean());
    }

    @Test
    void wrongNumbersAreRefused() {
        var network = MonteCarloModels_PlainNetwork.create(1);
        assertThatThrownBy(() -> network.monteCarlo(1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 samples or more, but samples is 1");
        assertThatThrownBy(() -> network.monteCarlo(2, 1).estimate(new float[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes 6 input values")
                .hasMessageContaining("5 were given");
    }
}
