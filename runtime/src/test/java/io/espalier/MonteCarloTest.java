package io.espalier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.espalier.emitted.StepState;
import io.espalier.model.NetworkDescription;
import io.espalier.train.SamplingPass;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What is made of samples whose outputs are known: means, deviations and entropies against those worked out by hand. */
class MonteCarloTest {
    private static final Offset<Double> FLOAT = within(1e-6);
    private static final float LN_3 = (float) Math.log(3);

    /** Two outputs for one input; a sample adds what the test says to the input. */
    private static MonteCarlo sampling(String loss, float[][] bySample, AtomicBoolean fails) {
        NetworkDescription network = NetworkDescription.builder("Known")
                .input(1)
                .output(2)
                .loss(loss)
                .build();
        return new MonteCarlo(
                network,
                bySample.length,
                maxBatch -> new SamplingPass(network, new float[0], maxBatch, 0, pass -> {
                    float[] input = pass.inputs(1, 16);
                    float[] outputs = pass.rows(16);
                    StepState state = pass.state();
                    pass.outputs(outputs);
                    return rows -> {
                        if (fails.get() && state.drawStep() == 1) {
                            throw new IllegalStateException("a sample fails");
                        }
                        for (int row = 0; row < rows; row++) {
                            outputs[row * 16] = input[row * 16] + bySample[state.drawStep()][0];
                            outputs[row * 16 + 1] = bySample[state.drawStep()][1];
                        }
                    };
                }));
    }

    private static MonteCarlo sampling(String loss, float[]... bySample) {
        return sampling(loss, bySample, new AtomicBoolean());
    }

    private static double entropy(double... probabilities) {
        double sum = 0;
        for (double p : probabilities) {
            sum -= p * Math.log(p);
        }
        return sum;
    }

    @Test
    void classesAreAveragedAsProbabilities() {
        Uncertainty u = sampling("CROSS_ENTROPY", new float[] {0, 0}, new float[] {LN_3, 0})
                .estimate(new float[1]);
        assertThat((double) u.mean()[0]).isCloseTo(0.625, FLOAT);
        assertThat((double) u.mean()[1]).isCloseTo(0.375, FLOAT);
        // 0.5 and 0.75: an eighth from their mean each, n − 1 is 1.
        assertThat((double) u.standardDeviation()[0]).isCloseTo(0.125 * Math.sqrt(2), FLOAT);
        assertThat(u.predictiveEntropy()).isCloseTo(entropy(0.625, 0.375), FLOAT);
        assertThat(u.mutualInformation())
                .isCloseTo(entropy(0.625, 0.375) - (entropy(0.5, 0.5) + entropy(0.75, 0.25)) / 2, FLOAT);
        assertThat(u.likeliest()).isZero();
    }

    @Test
    void labelsAreIndependentOfEachOther() {
        Uncertainty u = sampling("BINARY_CROSS_ENTROPY", new float[] {0, -LN_3}, new float[] {LN_3, -LN_3})
                .estimate(new float[1]);
        assertThat((double) u.mean()[0]).isCloseTo(0.625, FLOAT);
        assertThat((double) u.mean()[1]).isCloseTo(0.25, FLOAT);
        assertThat((double) u.standardDeviation()[0]).isCloseTo(0.125 * Math.sqrt(2), FLOAT);
        assertThat((double) u.standardDeviation()[1]).isZero();
        assertThat(u.predictiveEntropy()).isCloseTo(entropy(0.625, 0.375) + entropy(0.25, 0.75), FLOAT);
        assertThat(u.mutualInformation())
                .as("the second label adds nothing: all samples agree on it")
                .isCloseTo(entropy(0.625, 0.375) - (entropy(0.5, 0.5) + entropy(0.75, 0.25)) / 2, FLOAT);
        assertThatIllegalStateException().isThrownBy(u::likeliest).withMessageContaining("CROSS_ENTROPY");
        Uncertainty sure = sampling("BINARY_CROSS_ENTROPY", new float[] {800, -800}, new float[] {800, -800})
                .estimate(new float[1]);
        assertThat(sure.predictiveEntropy()).isZero();
        assertThat(sure.mutualInformation()).isZero();
    }

    @Test
    void valuesHaveDeviationsAndNoEntropy() {
        // A deviation of 1 beside a mean of 10,000,000 survives.
        Uncertainty u = sampling("MEAN_SQUARED_ERROR", new float[] {1, 5}, new float[] {3, 5}, new float[] {2, 5})
                .estimate(new float[] {10_000_000});
        assertThat(u.mean()).containsExactly(10_000_002, 5);
        assertThat(u.standardDeviation()).containsExactly(1, 0);
        assertThatIllegalStateException().isThrownBy(u::predictiveEntropy).withMessageContaining("no entropy");
        assertThatIllegalStateException().isThrownBy(u::mutualInformation).withMessageContaining("no entropy");
        assertThatIllegalStateException().isThrownBy(u::likeliest);
    }

    @Test
    void aFailureLeavesTheEstimatorAsItWas() {
        AtomicBoolean fails = new AtomicBoolean();
        MonteCarlo sampling = sampling("MEAN_SQUARED_ERROR", new float[][] {{1, 0}, {3, 0}}, fails);
        float[] inputs = new float[600];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = i;
        }
        List<float[]> before = means(sampling, inputs);
        fails.set(true);
        assertThatIllegalStateException().isThrownBy(() -> sampling.estimates(inputs, 600));
        fails.set(false);
        assertThatIllegalArgumentException().isThrownBy(() -> sampling.estimates(inputs, 599));
        assertThat(means(sampling, inputs)).usingRecursiveComparison().isEqualTo(before);
        assertThat(before.get(599)).containsExactly(601, 0);
    }

    @Test
    void threadsDoNotDisturbEachOther() {
        MonteCarlo sampling = sampling("MEAN_SQUARED_ERROR", new float[] {1, 0}, new float[] {3, 0});
        assertThat(IntStream.range(0, 400)
                        .parallel()
                        .allMatch(i -> sampling.estimate(new float[] {i}).mean()[0] == i + 2))
                .isTrue();
    }

    private static List<float[]> means(MonteCarlo sampling, float[] inputs) {
        return sampling.estimates(inputs, inputs.length).stream()
                .map(Uncertainty::mean)
                .toList();
    }
}
