package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.espalier.CompiledNetwork;
import io.espalier.LabelPredictor;
import io.espalier.ValuePredictor;
import io.espalier.data.Batch;
import io.espalier.data.ClassWeights;
import io.espalier.data.Dataset;
import io.espalier.model.Parameter;
import io.espalier.train.History;
import io.espalier.train.TrainingStep;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the losses have in common and what sets them apart: means, weights, targets, predictors. */
class LossesTest {
    private static final int ROWS = 37;
    private static final float[] WEIGHTS = {0.5f, 2, 0, 1.5f, 3};

    private static Examples examples(CompiledNetwork network, long seed, boolean soft) {
        return Examples.draw(new Random(seed), ROWS, network.description(), soft);
    }

    private static Map<String, float[]> gradients(CompiledNetwork network) {
        Map<String, float[]> gradients = new TreeMap<>();
        for (Parameter parameter : network.parameters()) {
            gradients.put(parameter.name(), parameter.gradient());
        }
        return gradients;
    }

    private static void assertClose(Map<String, float[]> actual, Map<String, float[]> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        expected.forEach(
                (name, values) -> assertThat(actual.get(name)).as(name).containsExactly(values, within(2e-6f)));
    }

    /** The gradient of a loss that is written down here in double precision, by way of a loss of one's own. */
    private static void assertWeighted(CompiledNetwork network, double smoothing, boolean soft, long seed) {
        Examples examples = examples(network, seed, soft);
        try (TrainingStep step = network.trainingStep(ROWS, 2, seed)) {
            step.classWeights(WEIGHTS);
            float loss = step.forwardBackward(examples.batch());
            Map<String, float[]> gradients = gradients(network);
            float[] logits = new float[ROWS * 5];
            step.outputs(logits);
            double total = 0;
            double divisor = 0;
            float[] gradient = new float[logits.length];
            for (int row = 0; row < ROWS; row++) {
                divisor += soft ? 1 : WEIGHTS[examples.labels()[row]];
            }
            for (int row = 0; row < ROWS; row++) {
                double[] p = ReferenceMath.softmax(
                        ReferenceNetwork.widened(Arrays.copyOfRange(logits, row * 5, row * 5 + 5)));
                double weight = 0;
                for (int c = 0; c < 5; c++) {
                    double q = (1 - smoothing) * examples.targets()[row][c] + smoothing / 5;
                    total -= WEIGHTS[c] * q * Math.log(p[c]);
                    weight += WEIGHTS[c] * q;
                }
                for (int c = 0; c < 5; c++) {
                    double q = (1 - smoothing) * examples.targets()[row][c] + smoothing / 5;
                    gradient[row * 5 + c] = (float) ((weight * p[c] - WEIGHTS[c] * q) / divisor);
                }
            }
            assertThat((double) loss).isCloseTo(total / divisor, within(1e-5));
            step.forward(examples.batch());
            step.backward(gradient);
            assertClose(gradients, gradients(network));
        }
    }

    @ParameterizedTest(name = "soft: {0}")
    @ValueSource(booleans = {false, true})
    void classWeightsAreThoseOfTheDefinition(boolean soft) {
        long seed = Seeds.draw("class weights, soft: " + soft);
        assertWeighted(LossModels_ClassesNetwork.create(seed), 0, soft, seed);
        assertWeighted(LossModels_SmoothedClassesNetwork.create(seed), 0.2, soft, seed);
    }

    @Test
    void accumulatedBatchesAreOneBatchUnderEveryLoss() {
        long seed = Seeds.draw("accumulation under every loss");
        accumulate(LossModels_ClassesNetwork.create(seed), seed, WEIGHTS);
        accumulate(LossModels_SmoothedClassesNetwork.create(seed), seed, WEIGHTS);
        accumulate(LossModels_LabelsNetwork.create(seed), seed);
        accumulate(LossModels_ValuesNetwork.create(seed), seed);
    }

    private static void accumulate(CompiledNetwork network, long seed, float... weights) {
        Examples all = examples(network, seed, false);
        Map<String, float[]> expected;
        try (TrainingStep step = network.trainingStep(ROWS, 2, seed)) {
            if (weights.length > 0) {
                step.classWeights(weights);
            }
            step.forwardBackward(all.batch());
            expected = gradients(network);
        }
        try (TrainingStep step = network.trainingStep(ROWS, 1, seed)) {
            if (weights.length > 0) {
                step.classWeights(weights);
            }
            step.accumulate(all.part(0, 5).batch());
            step.accumulate(all.part(5, 30).batch());
            step.accumulate(all.part(30, ROWS).batch());
            assertClose(gradients(network), expected);
        }
    }

    @Test
    void aBatchWithoutWeightTeachesNothing() {
        CompiledNetwork network = LossModels_ClassesNetwork.create(1);
        try (TrainingStep step = network.trainingStep(4, 1, 1)) {
            step.classWeights(WEIGHTS);
            int[] labels = {2, 2, 2, 2};
            assertThat(step.forwardBackward(Batch.of(new float[80], labels, 4))).isZero();
            gradients(network)
                    .forEach((name, values) -> assertThat(values).as(name).containsOnly(0));
        }
    }

    @Test
    void weightsThatDoNotFitAreRefused() {
        try (TrainingStep step = LossModels_ClassesNetwork.create(1).trainingStep(4, 1, 1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> step.classWeights(1, 2))
                    .withMessage("LossModels_Classes tells 5 classes apart, but 2 class weights were given");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> step.classWeights(1, 1, -1, 1, 1))
                    .withMessage("A class weight is finite and at least 0, but that of class 2 is -1.0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> step.classWeights(1, 1, 1, 1, Float.POSITIVE_INFINITY))
                    .withMessageContaining("class 4 is Infinity");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> step.classWeights(0, 0, 0, 0, 0))
                    .withMessageContaining("nothing to learn");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> LossModels_LabelsNetwork.create(1).trainer().classWeights(1, 2))
                .withMessageContaining("BINARY_CROSS_ENTROPY, which knows no classes");
    }

    @Test
    void balancedWeightsLetRareClassesCountForAsMuch() {
        Dataset dataset = Dataset.of(new float[8], new int[] {0, 0, 0, 0, 0, 0, 1, 2}, 3);
        assertThat(ClassWeights.balanced(dataset)).containsExactly(8f / 18, 8f / 3, 8f / 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassWeights.balanced(Dataset.of(new float[8], new int[8], 2)))
                .withMessageContaining("Class 1 has none of the 8 examples");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClassWeights.balanced(Dataset.ofValues(new float[8], new float[8], 1)))
                .withMessageContaining("values instead of classes");
    }

    @Test
    void targetsOfAnotherLossAreRefusedByName() {
        Batch classes = Batch.of(new float[20], new int[1], 1);
        Batch labels = Batch.ofLabels(new float[20], new float[19], 19, 1);
        Batch values = Batch.ofValues(new float[20], new float[3], 3, 1);
        refused(LossModels_ValuesNetwork.create(1), classes)
                .withMessage(
                        "LossModels_Values has the loss MEAN_SQUARED_ERROR, which takes values, but the targets of the batch are"
                                + " classes. Make it with Batch.ofValues, or declare @Network(loss = Loss.CROSS_ENTROPY)");
        refused(LossModels_LabelsNetwork.create(1), values)
                .withMessageContainingAll("BINARY_CROSS_ENTROPY", "Batch.ofLabels", "Loss.MEAN_SQUARED_ERROR");
        refused(LossModels_ClassesNetwork.create(1), labels)
                .withMessageContainingAll("Batch.of,", "Loss.BINARY_CROSS_ENTROPY");
        refused(LossModels_LabelsNetwork.create(1), Batch.ofLabels(new float[20], new float[2], 2, 1))
                .withMessage("The network has 19 outputs, but the batch's targets are over 2 independent labels");
        float[] wrong = new float[19];
        wrong[7] = 2;
        refused(LossModels_LabelsNetwork.create(1), Batch.ofLabels(new float[20], wrong, 19, 1))
                .withMessage("Label 7 of row 0 is 2.0, but a label is 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LossModels_ValuesNetwork.create(1)
                        .trainer()
                        .fit(Dataset.of(new float[40], new int[] {0, 1}, 3)))
                .withMessageContaining("the targets of the training set are classes. Make it with Dataset.ofValues");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LossModels_ValuesNetwork.create(1)
                        .trainer()
                        .fit(Dataset.ofValues(new float[40], new float[2], 1)))
                .withMessage("The training set has 1 values, but LossModels_Values answers with 3");
    }

    private static ThrowableAssertAlternative<IllegalArgumentException> refused(CompiledNetwork network, Batch batch) {
        try (TrainingStep step = network.trainingStep(4, 1, 1)) {
            return assertThatIllegalArgumentException().isThrownBy(() -> step.forwardBackward(batch));
        }
    }

    @Test
    void labelPredictorsGiveTheSigmoidOfTheLogits() {
        long seed = Seeds.draw("label predictor");
        LossModels_LabelsNetwork network = LossModels_LabelsNetwork.create(seed);
        Examples examples = examples(network, seed, false);
        LabelPredictor predictor = network.predictor();
        float[] logits = new float[ROWS * 19];
        float[] together = new float[ROWS * 19];
        try (LabelPredictor.Session session = predictor.session(ROWS)) {
            session.logits(examples.flatInputs(), ROWS, logits);
            session.probabilities(examples.flatInputs(), ROWS, together);
        }
        for (int row = 0; row < ROWS; row++) {
            float[] alone = predictor.probabilities(examples.inputs()[row]);
            assertThat(alone).isEqualTo(Arrays.copyOfRange(together, row * 19, row * 19 + 19));
            for (int k = 0; k < 19; k++) {
                assertThat((double) alone[k]).isCloseTo(ReferenceMath.sigmoid(logits[row * 19 + k]), within(1e-6));
            }
        }
    }

    @Test
    void valuePredictorsGiveTheOutputs() {
        long seed = Seeds.draw("value predictor");
        LossModels_ValuesNetwork network = LossModels_ValuesNetwork.create(seed);
        Examples examples = examples(network, seed, false);
        ValuePredictor predictor = network.predictor();
        float[] together = new float[ROWS * 3];
        float[] expected = new float[ROWS * 3];
        network.predictionPass(ROWS).logits(examples.flatInputs(), ROWS, expected);
        ValuePredictor.Session closed;
        try (ValuePredictor.Session session = predictor.session(ROWS)) {
            session.values(examples.flatInputs(), ROWS, together);
            closed = session;
        }
        assertThat(together).isEqualTo(expected);
        assertThat(predictor.values(examples.inputs()[4])).isEqualTo(Arrays.copyOfRange(expected, 12, 15));
        assertThatIllegalStateException().isThrownBy(() -> closed.values(examples.flatInputs(), ROWS, together));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> predictor.values(new float[19]))
                .withMessageContainingAll("Values", "20", "19");
    }

    @Test
    void stepsAllocateNothingUnderAnyLoss() {
        CompiledNetwork[] networks = {
            LossModels_LabelsNetwork.create(1), LossModels_ValuesNetwork.create(1), LossModels_ClassesNetwork.create(1)
        };
        for (CompiledNetwork network : networks) {
            Batch batch = examples(network, 3, false).batch();
            try (TrainingStep step = network.trainingStep(ROWS, 2, 7)) {
                if (network instanceof LossModels_ClassesNetwork) {
                    step.classWeights(WEIGHTS);
                }
                long bytes = Allocations.leastBytes(1, () -> {
                    step.forwardBackward(batch);
                    step.update(1e-3f);
                });
                assertThat(bytes).as(network.toString()).isZero();
            }
        }
    }

    @Test
    void sessionsAllocateNothing() {
        float[] inputs = new float[ROWS * 20];
        float[] out = new float[ROWS * 19];
        try (LabelPredictor.Session labels =
                        LossModels_LabelsNetwork.create(1).predictor().session(ROWS);
                ValuePredictor.Session values =
                        LossModels_ValuesNetwork.create(1).predictor().session(ROWS)) {
            long bytes = Allocations.leastBytes(0, () -> {
                labels.logits(inputs, ROWS, out);
                labels.probabilities(inputs, ROWS, out);
                values.values(inputs, ROWS, out);
            });
            assertThat(bytes).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"weighted classes", "labels", "values"})
    void trainingDoesNotDependOnThreads(String kind) {
        long seed = Seeds.draw("threads under losses, " + kind);
        float[][] snapshots = new float[2][];
        for (int threads = 1; threads <= 2; threads++) {
            CompiledNetwork network =
                    switch (kind) {
                        case "labels" -> LossModels_LabelsNetwork.create(seed);
                        case "values" -> LossModels_ValuesNetwork.create(seed);
                        default -> LossModels_ClassesNetwork.create(seed);
                    };
            Examples examples = Examples.draw(new Random(seed), 300, network.description(), false);
            var trainer = network.trainer().epochs(2).batchSize(33).seed(seed).threads(threads);
            if (kind.startsWith("weighted")) {
                trainer.classWeights(WEIGHTS);
            }
            History history = trainer.fit(examples.dataset(), examples.dataset());
            assertThat(history.last().trainingLoss()).isFinite();
            snapshots[threads - 1] = network.snapshot();
        }
        assertThat(snapshots[1]).isEqualTo(snapshots[0]);
    }
}
