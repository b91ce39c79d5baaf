package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.espalier.Predictor;
import io.espalier.data.Batch;
import io.espalier.train.TrainingStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every wrong call says what is wrong, with the numbers, and what to do; and does no harm. */
class MisuseTest {
    private final OperationModels_BatchNormOnlyNetwork network = OperationModels_BatchNormOnlyNetwork.create(1);
    private final TrainingStep step = network.trainingStep(8, 2, 1);

    @AfterEach
    void close() {
        step.close();
    }

    private static Batch batch(int rows) {
        return Batch.of(new float[rows * 20], new int[rows], rows);
    }

    @Test
    void updateWithoutGradients() {
        assertThatIllegalStateException()
                .isThrownBy(() -> step.update(0.1f))
                .withMessageContainingAll("no gradients", "forwardBackward");
        step.forwardBackward(batch(8));
        step.update(0.1f);
        assertThatIllegalStateException().isThrownBy(() -> step.update(0.1f)).withMessageContaining("no gradients");
        step.forward(batch(8));
        assertThatIllegalStateException().isThrownBy(() -> step.update(0.1f)).withMessageContaining("no gradients");
    }

    @Test
    void ratesOutOfRange() {
        step.forwardBackward(batch(8));
        for (float rate : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> step.update(rate))
                    .withMessageContainingAll("learning rate", String.valueOf(rate));
        }
        assertThat(step.step()).isZero();
    }

    @Test
    void batchesThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> step.forwardBackward(batch(9)))
                .withMessageContainingAll("9 rows", "1 to 8", "maxBatch");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> step.forwardBackward(Batch.allocate(4, 20)))
                .withMessageContaining("0 rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> step.forwardBackward(Batch.of(new float[4 * 21], new int[4], 4)))
                .withMessageContainingAll("20", "21");
    }

    @Test
    void labelsOutOfRange() {
        for (int label : new int[] {-1, 7}) {
            Batch wrong = batch(4);
            wrong.labels()[2] = label;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> step.forwardBackward(wrong))
                    .withMessageContainingAll("row 2", String.valueOf(label), "0 to 6");
        }
        Batch soft = Batch.ofSoft(new float[4 * 20], new float[4 * 6], 6, 4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> step.forwardBackward(soft))
                .withMessageContainingAll("7", "6");
    }

    @Test
    void aBatchOfOneUnderBatchNorm() {
        float[] before = network.snapshot();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> step.forwardBackward(batch(1)))
                .withMessageContainingAll("batch", "1");
        assertThat(network.snapshot()).isEqualTo(before);
        assertThat(step.forwardBackward(batch(2))).isFinite();
    }

    @Test
    void backwardTakesNoValuesOfARefusedBatch() {
        float[] gradient = new float[8 * 7];
        step.forward(batch(8));
        assertThatIllegalArgumentException().isThrownBy(() -> step.forward(batch(1)));
        assertThatIllegalStateException()
                .isThrownBy(() -> step.backward(new float[7]))
                .withMessageContaining("forward(batch)");
        step.forward(batch(8));
        Batch wrong = batch(4);
        wrong.labels()[0] = 99;
        assertThatIllegalArgumentException().isThrownBy(() -> step.forwardBackward(wrong));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> step.backward(new float[4 * 7]))
                .withMessageContaining("8 rows");
        step.backward(gradient);
        step.forward(batch(8));
        var weight = network.parameters().iterator().next();
        weight.set(weight.values());
        assertThatIllegalStateException()
                .isThrownBy(() -> step.backward(gradient))
                .withMessageContaining("set after forward");
    }

    @Test
    void aRefusedBatchLeavesTheStepUsable() {
        assertThatIllegalArgumentException().isThrownBy(() -> step.forwardBackward(batch(9)));
        Batch wrong = batch(8);
        wrong.labels()[7] = 70;
        assertThatIllegalArgumentException().isThrownBy(() -> step.forwardBackward(wrong));
        assertThat(step.forwardBackward(batch(8))).isFinite();
        step.update(0.1f);
    }

    @Test
    void aSecondStepBesideAnOpenOne() {
        assertThatIllegalStateException()
                .isThrownBy(() -> network.trainingStep(8, 1, 1))
                .withMessageContainingAll("BatchNormOnly", "close");
        step.close();
        network.trainingStep(8, 1, 1).close();
    }

    @Test
    void numbersBelowOne() {
        step.close();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.trainingStep(0, 1, 1))
                .withMessageContainingAll("maxBatch", "0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.trainingStep(1, 0, 1))
                .withMessageContainingAll("threads", "0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.predictor().session(0))
                .withMessageContainingAll("maxBatch", "0");
        network.trainingStep(8, 1, 1).close();
    }

    @Test
    void useAfterClosing() {
        step.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> step.forwardBackward(batch(8)))
                .withMessageContainingAll("closed", "trainingStep");
        assertThatIllegalStateException().isThrownBy(() -> step.update(0.1f)).withMessageContaining("closed");
        Predictor.Session session = network.predictor().session(2);
        session.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> session.logits(new float[20], 1, new float[7]))
                .withMessageContaining("closed");
    }

    @Test
    void gradientsBeforeThereAreAny() {
        step.close();
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> network.parameters().get("hidden.dense.weight").gradient())
                .withMessageContainingAll("hidden.dense.weight", "forwardBackward");
        try (TrainingStep fresh = network.trainingStep(8, 1, 1)) {
            assertThatIllegalStateException()
                    .isThrownBy(() ->
                            network.parameters().get("hidden.dense.weight").gradient())
                    .withMessageContainingAll("no gradients", "forwardBackward");
            assertThat(fresh.step()).isZero();
        }
    }

    @Test
    void passesOutOfOrder() {
        assertThatIllegalStateException()
                .isThrownBy(() -> step.backward(new float[8 * 7]))
                .withMessageContaining("forward");
        assertThatIllegalStateException()
                .isThrownBy(() -> step.outputs(new float[8 * 7]))
                .withMessageContaining("forward");
        step.forward(batch(8));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> step.outputs(new float[55]))
                .withMessageContainingAll("8 rows of 7", "55");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> step.backward(new float[55]))
                .withMessageContainingAll("8 rows of 7", "55");
        step.backward(new float[8 * 7]);
        assertThatIllegalStateException()
                .isThrownBy(() -> step.accumulate(batch(8)))
                .withMessageContaining("backward");
    }

    @Test
    void inputsOfTheWrongLength() {
        Predictor predictor = network.predictor();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> predictor.probabilities(new float[19]))
                .withMessageContainingAll("BatchNormOnly", "20", "19");
        try (Predictor.Session session = predictor.session(4)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.logits(new float[100], 5, new float[35]))
                    .withMessageContainingAll("4", "5", "maxBatch");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.logits(new float[79], 4, new float[28]))
                    .withMessageContainingAll("80", "79");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.logits(new float[80], 4, new float[27]))
                    .withMessageContainingAll("28", "27");
        }
    }
}
