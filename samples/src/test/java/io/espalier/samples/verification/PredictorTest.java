package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.espalier.Predictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One network's predictions: alone, in batches of any size, from many threads. */
class PredictorTest {
    private static final int ROWS = 150;

    private final long seed = Seeds.draw("predictor");
    private final DeepModels_RowwiseNetwork network = DeepModels_RowwiseNetwork.create(seed);
    private final Examples examples = Examples.draw(new Random(seed), ROWS, network.description(), false);

    @Test
    void aRowsBitsDoNotDependOnItsCompany() {
        Predictor predictor = network.predictor();
        float[] together = new float[ROWS * 7];
        float[] logits = new float[ROWS * 7];
        try (Predictor.Session session = predictor.session(ROWS)) {
            session.probabilities(examples.flatInputs(), ROWS, together);
            session.logits(examples.flatInputs(), ROWS, logits);
        }
        for (int row = 0; row < ROWS; row++) {
            float[] alone = predictor.probabilities(examples.inputs()[row]);
            assertThat(alone).isEqualTo(Arrays.copyOfRange(together, row * 7, row * 7 + 7));
            double[] softmax =
                    ReferenceMath.softmax(ReferenceNetwork.widened(Arrays.copyOfRange(logits, row * 7, row * 7 + 7)));
            assertThat(ReferenceNetwork.widened(alone)).containsExactly(softmax, within(1e-6));
            int likeliest = 0;
            for (int k = 1; k < 7; k++) {
                likeliest = alone[k] > alone[likeliest] ? k : likeliest;
            }
            assertThat(predictor.classify(examples.inputs()[row])).isEqualTo(likeliest);
        }
    }

    @Test
    void aLaterSmallerCallSeesNothingOfAnEarlierLargerOne() {
        try (Predictor.Session used = network.predictor().session(ROWS);
                Predictor.Session fresh = network.predictor().session(5)) {
            float[] inputs = examples.flatInputs();
            used.logits(inputs, ROWS, new float[ROWS * 7]);
            float[] few = Arrays.copyOfRange(inputs, 60 * 20, 65 * 20);
            float[] out = new float[35];
            float[] expected = new float[35];
            used.logits(few, 5, out);
            fresh.logits(few, 5, expected);
            assertThat(out).isEqualTo(expected);
        }
    }

    @Test
    void anyNumberOfThreadsMayPredict() throws Exception {
        Predictor predictor = network.predictor();
        List<float[]> expected = new ArrayList<>();
        for (float[] input : examples.inputs()) {
            expected.add(predictor.probabilities(input));
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(6)) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int task = 0; task < 6; task++) {
                int from = task * 20;
                tasks.add(() -> {
                    for (int i = 0; i < 2 * ROWS; i++) {
                        int row = (from + i) % ROWS;
                        assertThat(predictor.probabilities(examples.inputs()[row]))
                                .isEqualTo(expected.get(row));
                    }
                    return null;
                });
            }
            for (Future<Void> done : pool.invokeAll(tasks)) {
                done.get();
            }
        }
    }
}
