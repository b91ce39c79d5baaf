package io.espalier.samples.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.espalier.Predictor;
import io.espalier.data.Dataset;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpareOutputsTest {
    private static final int CLASSES = 3;
    private static final int INPUTS = 16;

    private static Dataset data() {
        Random random = new Random(11);
        float[][] inputs = new float[300][INPUTS];
        int[] labels = new int[inputs.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % CLASSES;
            for (int j = 0; j < INPUTS; j++) {
                inputs[i][j] = (float) random.nextGaussian() + (j == labels[i] ? 3 : 0);
            }
        }
        return Dataset.of(inputs, labels, Tabular.MOST_CLASSES);
    }

    @Test
    void noTrainingMovesThemAndNoPredictionNamesThem() {
        RegularizedClassifiers_Inputs16Network network = RegularizedClassifiers_Inputs16Network.create(5);
        SpareOutputs.remove(network, CLASSES);
        float[] before = network.parameters().get("logits.dense.weight").values();
        network.trainer().epochs(10).batchSize(16).seed(5).threads(1).fit(data());
        float[] weights = network.parameters().get("logits.dense.weight").values();
        float[] biases = network.parameters().get("logits.dense.bias").values();
        int used = CLASSES * (weights.length / Tabular.MOST_CLASSES);
        assertThat(Arrays.copyOf(weights, used)).isNotEqualTo(Arrays.copyOf(before, used));
        assertThat(Arrays.copyOfRange(weights, used, weights.length)).containsOnly(0f);
        assertThat(Arrays.copyOfRange(biases, CLASSES, biases.length)).containsOnly(-10_000f);
        Predictor predictor = network.predictor();
        float[] probabilities = predictor.probabilities(new float[INPUTS]);
        assertThat(Arrays.copyOfRange(probabilities, CLASSES, probabilities.length))
                .containsOnly(0f);
        assertThat(probabilities[0] + probabilities[1] + probabilities[2]).isEqualTo(1, within(1e-5f));
    }
}
