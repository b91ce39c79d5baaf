package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.espalier.CompiledNetwork;
import io.espalier.data.Batch;
import io.espalier.train.TrainingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What noise does to a network's values in training, seen from outside. Statistical assertions fail wrongly once in a
 * million times each; there are about sixty.
 */
class NoiseTest {
    private static final int ROWS = 1024;
    private static final int STEPS = 4;

    /** Weights {@code [width, width]} that copy some of the first values to a place further on. */
    private static float[] copying(int width, int values, int to) {
        float[] weight = new float[width * width];
        for (int i = 0; i < values; i++) {
            weight[(to + i) * width + i] = 1;
        }
        return weight;
    }

    /** The outputs of some steps for inputs whose first values are 1 and the others 0. */
    private static List<float[]> outputs(CompiledNetwork network, int width, int ones, int steps, long seed) {
        float[] inputs = new float[ROWS * width];
        for (int row = 0; row < ROWS; row++) {
            Arrays.fill(inputs, row * width, row * width + ones, 1);
        }
        Batch batch = Batch.of(inputs, new int[ROWS], ROWS);
        List<float[]> outputs = new ArrayList<>();
        try (TrainingStep step = network.trainingStep(ROWS, 2, seed)) {
            for (int i = 0; i < steps; i++) {
                step.forwardBackward(batch);
                float[] out = new float[ROWS * width];
                step.outputs(out);
                outputs.add(out);
                step.update(0);
            }
        }
        return outputs;
    }

    @Test
    void dropoutKeepsTheExpectation() {
        long seed = Seeds.draw("expectation of dropout");
        CompiledNetwork network = NoiseModels_DroppedNetwork.create(seed);
        network.parameters().get("copy.dense.weight").set(copying(70, 70, 0));
        double dropped = Masks.realized(0.3);
        double scale = Masks.scale(0.3);
        assertThat(dropped).isCloseTo(0.3, within(1.0 / 131_072));
        assertThat(scale * (1 - dropped)).as("kept share times scale").isCloseTo(1, within(1e-7));
        long kept = 0;
        long[] ofColumn = new long[70];
        for (float[] out : outputs(network, 70, 70, STEPS, seed)) {
            assertTwoValues(out, (float) scale);
            for (int i = 0; i < out.length; i++) {
                if (out[i] != 0) {
                    kept++;
                    ofColumn[i % 70]++;
                }
            }
        }
        // E[y] = x for x = 1 is: the rate of keeping is 1 / scale.
        Frequencies.assertRate("kept", kept, (long) STEPS * ROWS * 70, 1 / scale);
        for (int column : new int[] {0, 7, 8, 63, 64, 69}) {
            Frequencies.assertRate("kept of " + column, ofColumn[column], (long) STEPS * ROWS, 1 / scale);
        }
    }

    @Test
    void dropConnectKeepsTheExpectation() {
        long seed = Seeds.draw("expectation of drop connect");
        CompiledNetwork network = NoiseModels_ConnectedNetwork.create(seed);
        float[] ones = new float[70 * 70];
        Arrays.fill(ones, 1);
        network.parameters().get("sums.dense.weight").set(ones);
        // Every example twice: a mask is the whole batch's.
        float[] inputs = new float[2 * 70 * 70];
        for (int row = 0; row < 140; row++) {
            inputs[row * 70 + row % 70] = 1;
        }
        Batch batch = Batch.of(inputs, new int[140], 140);
        float[] out = new float[140 * 70];
        int steps = 40;
        long kept = 0;
        try (TrainingStep step = network.trainingStep(140, 2, seed)) {
            for (int i = 0; i < steps; i++) {
                step.forwardBackward(batch);
                step.outputs(out);
                assertTwoValues(out, (float) Masks.scale(0.3));
                float[] factors = Arrays.copyOf(out, 70 * 70);
                assertThat(Arrays.copyOfRange(out, 70 * 70, out.length)).isEqualTo(factors);
                for (float factor : factors) {
                    kept += factor == 0 ? 0 : 1;
                }
                step.update(0);
            }
        }
        Frequencies.assertRate("kept weights", kept, steps * 4900L, 1 / Masks.scale(0.3));
    }

    /** Mean and variance of what a noise makes of inputs, against what they should be. */
    private static void assertMoments(List<float[]> outputs, double mean, double variance) {
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        long count = 0;
        for (float[] out : outputs) {
            for (float value : out) {
                double deviation = value - mean;
                sum += deviation;
                squares += deviation * deviation;
                fourths += deviation * deviation * deviation * deviation;
                count++;
            }
        }
        assertThat(sum / count).as("mean, less %s", mean).isCloseTo(0, within(4.8916 * Math.sqrt(variance / count)));
        double spread = Math.sqrt((fourths / count - variance * variance) / count);
        assertThat(squares / count).as("variance").isCloseTo(variance, within(4.8916 * spread));
    }

    @Test
    void gaussianNoiseKeepsTheExpectation() {
        long seed = Seeds.draw("expectation of Gaussian noise");
        CompiledNetwork added = NoiseModels_DisturbedNetwork.create(seed);
        added.parameters().get("copy.dense.weight").set(copying(70, 70, 0));
        assertMoments(outputs(added, 70, 70, STEPS, seed), 1, 0.25);
        CompiledNetwork multiplied = NoiseModels_MultipliedNetwork.create(seed);
        multiplied.parameters().get("copy.dense.weight").set(copying(70, 70, 0));
        assertMoments(outputs(multiplied, 70, 70, STEPS, seed), 1, 0.25);
        float[] zeros = outputs(multiplied, 70, 0, 1, seed).get(0);
        assertThat(zeros).as("zeros, multiplied").containsOnly(0);
    }

    @Test
    void alphaDropoutKeepsMeanAndVariance() {
        long seed = Seeds.draw("expectation of alpha dropout");
        CompiledNetwork network = NoiseModels_AlphaDroppedNetwork.create(seed);
        network.parameters().get("copy.dense.weight").set(copying(70, 70, 0));
        Random random = new Random(seed);
        List<float[]> outputs = new ArrayList<>();
        try (TrainingStep step = network.trainingStep(ROWS, 2, seed)) {
            for (int i = 0; i < STEPS; i++) {
                float[] inputs = new float[ROWS * 70];
                for (int k = 0; k < inputs.length; k++) {
                    inputs[k] = (float) random.nextGaussian();
                }
                step.forwardBackward(Batch.of(inputs, new int[ROWS], ROWS));
                float[] out = new float[ROWS * 70];
                step.outputs(out);
                outputs.add(out);
                step.update(0);
            }
        }
        assertMoments(outputs, 0, 1);
        double limit = -1.0507009873554805 * 1.6732632423543772;
        double p = Masks.realized(0.3);
        double dropped = (limit * (1 - p)) / Math.sqrt((1 - p) * (1 + p * limit * limit));
        long found = 0;
        for (float[] out : outputs) {
            for (float value : out) {
                found += value == (float) dropped ? 1 : 0;
            }
        }
        Frequencies.assertRate("dropped", found, (long) STEPS * ROWS * 70, p);
    }

    private static void assertTwoValues(float[] out, float scale) {
        int others = 0;
        for (float value : out) {
            others += value == 0 || value == scale ? 0 : 1;
        }
        assertThat(others).as("values that are neither 0 nor %s", scale).isZero();
    }

    /** The events "branch's copy is there", for each step and branch; of rows × values. */
    private static BitSet present(float[] out, int width, int from, int values) {
        BitSet present = new BitSet();
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < values; i++) {
                present.set(row * values + i, out[row * width + from + i] != 0);
            }
        }
        return present;
    }

    private static CompiledNetwork branches(long seed) {
        CompiledNetwork network = NoiseModels_DroppedBranchesNetwork.create(seed);
        network.parameters().get("first.copy.dense.weight").set(copying(128, 32, 32));
        network.parameters().get("others.0.copy.dense.weight").set(copying(128, 32, 64));
        network.parameters().get("others.1.copy.dense.weight").set(copying(128, 32, 96));
        network.parameters().get("copy.dense.weight").set(copying(128, 128, 0));
        return network;
    }

    @Test
    void masksOfStagesRepeatsStepsAndSeedsAreIndependent() {
        long seed = Seeds.draw("independence of masks");
        List<float[]> steps = outputs(branches(seed), 128, 32, STEPS, seed);
        float[] otherSeed = outputs(branches(seed), 128, 32, 1, seed + 1).get(0);
        float[] otherHalf = outputs(branches(seed), 128, 32, 1, seed ^ 1L << 50).get(0);
        List<BitSet> ofBranches = new ArrayList<>();
        List<BitSet> ofSteps = new ArrayList<>();
        for (int branch = 1; branch < 4; branch++) {
            ofBranches.add(present(steps.get(0), 128, 32 * branch, 32));
        }
        steps.forEach(out -> ofSteps.add(present(out, 128, 32, 32)));
        int trials = ROWS * 32;
        for (int a = 0; a < 3; a++) {
            Frequencies.assertRate("kept", ofBranches.get(a).cardinality(), trials, 0.5);
            for (int b = 0; b < a; b++) {
                Frequencies.assertIndependent(
                        "branches " + a + " and " + b, ofBranches.get(a), ofBranches.get(b), trials, 0.5);
            }
        }
        for (int a = 0; a < STEPS; a++) {
            for (int b = 0; b < a; b++) {
                Frequencies.assertIndependent("steps " + a + " and " + b, ofSteps.get(a), ofSteps.get(b), trials, 0.5);
            }
        }
        BitSet first = ofSteps.get(0);
        Frequencies.assertIndependent("seeds", first, present(otherSeed, 128, 32, 32), trials, 0.5);
        Frequencies.assertIndependent("halves of seeds", first, present(otherHalf, 128, 32, 32), trials, 0.5);
        for (int distance : new int[] {1, 2, 8, 16, 32, 64, 512}) {
            int compared = trials - distance;
            Frequencies.assertIndependent(
                    "elements at distance " + distance,
                    first.get(0, compared),
                    first.get(distance, trials),
                    compared,
                    0.5);
        }
    }

    /** The factor of each branch for each example of each step. */
    private static List<float[]> factors(CompiledNetwork network, long seed) {
        String[] stages = {"first", "others.0", "others.1", "others.2", "last"};
        for (int branch = 0; branch < stages.length; branch++) {
            network.parameters().get(stages[branch] + ".dense.weight").set(copying(6, 1, branch + 1));
        }
        network.parameters().get("copy.dense.weight").set(copying(6, 6, 0));
        return outputs(network, 6, 1, STEPS, seed);
    }

    private static void assertDropPath(List<float[]> steps, double[] rates) {
        for (int branch = 0; branch < rates.length; branch++) {
            double dropped = Masks.realized(rates[branch]);
            float scale = (float) Masks.scale(rates[branch]);
            assertThat(dropped).isCloseTo(rates[branch], within(1.0 / 131_072));
            assertThat(scale * (1 - dropped)).as("kept share times scale").isCloseTo(1, within(1e-7));
            long kept = 0;
            for (float[] out : steps) {
                float[] factors = new float[ROWS];
                for (int row = 0; row < ROWS; row++) {
                    factors[row] = out[row * 6 + branch + 1];
                    kept += factors[row] == 0 ? 0 : 1;
                }
                assertTwoValues(factors, scale);
            }
            Frequencies.assertRate("branch " + branch, kept, (long) STEPS * ROWS, 1 - dropped);
        }
    }

    @Test
    void dropPathRisesLinearlyWithDepth() {
        long seed = Seeds.draw("linear drop path");
        List<float[]> steps = factors(NoiseModels_LinearNetwork.create(seed), seed);
        assertDropPath(steps, new double[] {0, 0.125, 0.25, 0.375, 0.5});
    }

    private static BitSet everySecond(BitSet all, int from) {
        BitSet some = new BitSet();
        for (int i = 0; i < ROWS / 2; i++) {
            some.set(i, all.get(2 * i + from));
        }
        return some;
    }

    @Test
    void dropPathOfOneRateIsIndependentFromBranchToBranch() {
        long seed = Seeds.draw("constant drop path");
        List<float[]> steps = factors(NoiseModels_ConstantNetwork.create(seed), seed);
        double[] rates = {0.2, 0.2, 0.2, 0.2, 0.2};
        assertDropPath(steps, rates);
        double kept = 1 - Masks.realized(0.2);
        for (int a = 1; a <= 5; a++) {
            BitSet ofBranch = present(steps.get(0), 6, a, 1);
            Frequencies.assertIndependent("steps of branch " + a, ofBranch, present(steps.get(1), 6, a, 1), ROWS, kept);
            Frequencies.assertIndependent(
                    "neighbouring rows of branch " + a,
                    everySecond(ofBranch, 0),
                    everySecond(ofBranch, 1),
                    ROWS / 2,
                    kept);
            for (int b = 1; b < a; b++) {
                Frequencies.assertIndependent(
                        "branches " + a + " and " + b, ofBranch, present(steps.get(0), 6, b, 1), ROWS, kept);
            }
        }
    }

    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {1, 3})
    void masksAreThoseOfTheDocumentedCounters(int threads) {
        long seed = Seeds.draw("documented counters");
        CompiledNetwork network = NoiseModels_DroppedNetwork.create(seed);
        network.parameters().get("copy.dense.weight").set(copying(70, 70, 0));
        float[] ones = new float[200 * 70];
        Arrays.fill(ones, 1);
        Batch batch = Batch.of(ones, new int[200], 200);
        float[] out = new float[200 * 70];
        try (TrainingStep step = network.trainingStep(200, threads, seed)) {
            for (int i = 0; i < 3; i++) {
                // The second batch between two updates goes on where the first one's rows end.
                for (int firstRow : new int[] {0, 200}) {
                    step.accumulate(batch);
                    step.outputs(out);
                    double[][] factors = new Masks(seed, i, firstRow).elements(0, 200, 70, 0.3);
                    for (int row = 0; row < 200; row++) {
                        assertThat(ReferenceNetwork.widened(Arrays.copyOfRange(out, row * 70, row * 70 + 70)))
                                .isEqualTo(factors[row]);
                    }
                }
                step.update(0);
            }
        }
    }
}
