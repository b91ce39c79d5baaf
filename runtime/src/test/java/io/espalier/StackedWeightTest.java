package io.espalier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.espalier.data.Batch;
import io.espalier.data.Dataset;
import io.espalier.emitted.TrainingRule;
import io.espalier.emitted.UpdateRule;
import io.espalier.kernel.WeightPanels;
import io.espalier.model.Parameter;
import io.espalier.train.NonFiniteLossException;
import io.espalier.train.TrainingStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A parameter of three dimensions is a parameter like any other. */
class StackedWeightTest {
    private static final int IN = StackedNetwork.IN;
    private static final int OUT = StackedNetwork.OUT;
    private static final int ROWS = 50;

    private final StackedNetwork network = StackedNetwork.create(3);
    private final Parameter weight = network.parameters().get("both.dense.weight");
    private final Batch batch = batch();

    private static Batch batch() {
        Random random = new Random(5);
        float[] inputs = new float[ROWS * IN];
        int[] labels = new int[ROWS];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        for (int row = 0; row < ROWS; row++) {
            labels[row] = random.nextInt(OUT);
        }
        return Batch.of(inputs, labels, ROWS);
    }

    private static float[] numbered(int size) {
        float[] numbers = new float[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = i + 0.5f;
        }
        return numbers;
    }

    @Test
    void isShownMatrixByMatrixAndLiesInPanels() {
        assertThat(weight.shape()).containsExactly(2, OUT, IN);
        assertThat(weight.size()).isEqualTo(2 * OUT * IN);
        assertThat(network.description().parameters().getFirst().shape()).containsExactly(2, OUT, IN);
        float[] numbers = numbered(weight.size());
        weight.set(numbers);
        assertThat(weight.values()).containsExactly(numbers);
        for (int matrix = 0; matrix < 2; matrix++) {
            for (int out = 0; out < OUT; out++) {
                for (int in = 0; in < IN; in++) {
                    int at = matrix * StackedNetwork.MATRIX + WeightPanels.position(out, in, OUT, IN);
                    assertThat(network.memory()[at]).isEqualTo(numbers[(matrix * OUT + out) * IN + in]);
                }
            }
        }
        float[] piece = new float[70];
        weight.copyTo(OUT * IN - 30, piece, 5, 60);
        for (int i = 0; i < piece.length; i++) {
            assertThat(piece[i]).isEqualTo(i < 5 || i >= 65 ? 0 : numbers[OUT * IN - 35 + i]);
        }
        float[] bias = numbered(2 * OUT);
        network.parameters().get("both.dense.bias").set(bias);
        assertThat(network.memory()[StackedNetwork.BIAS + OUT + 3]).isEqualTo(OUT + 3.5f);
        numbers[(OUT + 2) * IN + 7] = Float.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> weight.set(numbers))
                .withMessageContaining("[1, 2, 7] is NaN");
    }

    @Test
    void startsAtRandomInAllMatrices() {
        float[] values = weight.values();
        assertThat(values).doesNotContain(0).hasSize(2 * OUT * IN);
        for (float value : values) {
            assertThat(value).isBetween(-0.3f, 0.3f);
        }
    }

    @Test
    void hasAGradientInEachMatrix() {
        try (TrainingStep step = network.trainingStep(ROWS, 2, 1)) {
            step.forward(batch);
            float[] outputGradient = new float[ROWS * OUT];
            outputGradient[7 * OUT + 9] = 2;
            step.backward(outputGradient);
            float[] gradient = weight.gradient();
            for (int i = 0; i < gradient.length; i++) {
                boolean reached = i / IN % OUT == 9;
                assertThat(gradient[i]).isEqualTo(reached ? 2 * batch.inputs()[7 * IN + i % IN] : 0);
            }
        }
    }

    @Test
    void travelsInAFileWithItsShape(@TempDir Path directory) throws IOException {
        float[] numbers = numbered(weight.size());
        weight.set(numbers);
        Path file = directory.resolve("stacked.safetensors");
        network.save(file);
        StackedNetwork loaded = StackedNetwork.load(file);
        assertThat(loaded.memory()).containsExactly(network.memory());
        assertThat(loaded.parameters().get("both.dense.weight").values()).containsExactly(numbers);
    }

    @Test
    void isFrozenAsAWhole() {
        float[] before = network.memory().clone();
        try (TrainingStep step = network.trainingStep(ROWS, 2, 1)) {
            step.freeze("*.weight");
            step.forwardBackward(batch);
            assertThat(weight.gradient()).containsOnly(0);
            step.update(0.1f);
        }
        for (int i = 0; i < StackedNetwork.BIAS; i++) {
            assertThat(network.memory()[i]).isEqualTo(before[i]);
        }
        assertThat(network.memory()[StackedNetwork.BIAS]).isNotEqualTo(before[StackedNetwork.BIAS]);
    }

    @Test
    void theNormsOfUnitsAreLimitedInEachMatrix() {
        StackedNetwork limited = StackedNetwork.create(
                3, TrainingRule.of(new UpdateRule.Sgd(0, false), 0.1).withMaxNorm(0.5));
        Parameter all = limited.parameters().get("both.dense.weight");
        try (TrainingStep step = limited.trainingStep(ROWS, 2, 1)) {
            step.forwardBackward(batch);
            step.update(0.1f);
        }
        float[] values = all.values();
        int atLimit = 0;
        for (int unit = 0; unit < 2 * OUT; unit++) {
            double squares = 0;
            for (int in = 0; in < IN; in++) {
                squares += (double) values[unit * IN + in] * values[unit * IN + in];
            }
            assertThat(Math.sqrt(squares)).as("unit %d", unit).isLessThan(0.5 + 1e-6);
            atLimit += squares > 0.25 - 1e-6 ? 1 : 0;
        }
        assertThat(atLimit).isGreaterThan(OUT);
    }

    @Test
    void whatOverflowsInItsSecondMatrixIsFound() {
        float[] huge = weight.values();
        for (int i = OUT * IN; i < huge.length; i++) {
            huge[i] = 3e38f;
        }
        weight.set(huge);
        Dataset data = Dataset.of(batch.inputs(), new int[ROWS], OUT);
        assertThatExceptionOfType(NonFiniteLossException.class)
                .isThrownBy(() -> network.trainer().epochs(1).batchSize(ROWS).fit(data))
                .withMessageContaining("@Dense of 'both' gives values that are not finite");
    }

    @Test
    void predictionAndTrainingAgree() {
        float[] trained = new float[ROWS * OUT];
        try (TrainingStep step = network.trainingStep(ROWS, 2, 1)) {
            step.forward(batch);
            step.outputs(trained);
        }
        float[] predicted = new float[ROWS * OUT];
        try (Predictor.Session session = network.predictor().session(ROWS)) {
            session.logits(batch.inputs(), ROWS, predicted);
        }
        assertThat(predicted).containsExactly(trained);
    }
}
