package io.espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Independent labels and values travel as class indices do. */
class TargetKindsTest {
    private static final float[] INPUTS = {0, 1, 10, 11, 20, 21};
    private static final float[][] INPUT_ROWS = {{0, 1}, {10, 11}, {20, 21}};
    private static final float[] TARGETS = {0, 1, 0.5f, 1, 0, 0, 0.25f, 1, 1};
    private static final float[][] TARGET_ROWS = {{0, 1, 0.5f}, {1, 0, 0}, {0.25f, 1, 1}};

    static Stream<Dataset> labels() {
        return Stream.of(
                Dataset.ofLabels(INPUTS, TARGETS, 3),
                Dataset.ofLabels(INPUT_ROWS, TARGETS, 3),
                Dataset.ofLabels(INPUT_ROWS, TARGET_ROWS));
    }

    static Stream<Dataset> values() {
        return Stream.of(
                Dataset.ofValues(INPUTS, TARGETS, 3),
                Dataset.ofValues(INPUT_ROWS, TARGETS, 3),
                Dataset.ofValues(INPUT_ROWS, TARGET_ROWS));
    }

    @ParameterizedTest
    @MethodSource("labels")
    void subsetsOfLabelsFillBatches(Dataset dataset) {
        assertThat(dataset.outputs()).isEqualTo(3);
        assertThat(dataset.size()).isEqualTo(3);
        BatchSequence batches = BatchSequence.inOrder(dataset.subset(2, 0), 2);
        Batch batch = batches.newBatch();
        assertThat(batches.next(batch)).isTrue();
        assertThat(batch.inputs()).containsExactly(20, 21, 0, 1);
        assertThat(batch.independentLabels()).containsExactly(0.25f, 1, 1, 0, 1, 0.5f);
        assertThat(batch.targets()).isInstanceOfSatisfying(IndependentLabels.class, targets -> {
            assertThat(targets.outputs()).isEqualTo(3);
            assertThat(targets.capacity()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @MethodSource("values")
    void subsetsOfValuesFillBatches(Dataset dataset) {
        assertThat(dataset.outputs()).isEqualTo(3);
        assertThat(dataset.size()).isEqualTo(3);
        BatchSequence batches = BatchSequence.inOrder(dataset.subset(1, 2), 2);
        Batch batch = batches.newBatch();
        assertThat(batches.next(batch)).isTrue();
        assertThat(batch.inputs()).containsExactly(10, 11, 20, 21);
        assertThat(batch.targetValues()).containsExactly(1, 0, 0, 0.25f, 1, 1);
        assertThat(batch.targets()).isInstanceOfSatisfying(TargetValues.class, targets -> {
            assertThat(targets.outputs()).isEqualTo(3);
            assertThat(targets.capacity()).isEqualTo(2);
        });
    }

    @Test
    void labelsOutOfRangeNameTheExample() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.ofLabels(new float[3][2], new float[] {0, 1, 1, 0, 1.5f, 0}, 2))
                .withMessage("Label 0 of example 2 is 1.5, but a label is 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.ofLabels(new float[2][2], new float[][] {{0, 1}, {0, Float.NaN}}))
                .withMessage("Label 1 of example 1 is NaN, but a label is 0 to 1");
    }

    @Test
    void valuesThatAreNotFiniteNameTheExample() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.ofValues(new float[6], new float[] {0, Float.NEGATIVE_INFINITY}, 1))
                .withMessageStartingWith(
                        "Value 0 of example 1 is -Infinity, but a network can only learn finite values");
    }

    @Test
    void whatIsFilledOnDemandIsCheckedToo() {
        float[] targets = {0, 1, 1, 0};
        Dataset labels = Dataset.ofLabels(new float[4], targets, 1);
        Dataset values = Dataset.ofValues(new float[4], targets, 1);
        targets[3] = Float.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> drain(labels.subset(3, 1, 3)))
                .withMessage("Label 0 of example 3 is NaN, but a label is 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> drain(values))
                .withMessageStartingWith("Value 0 of example 3 is NaN");
    }

    private static void drain(Dataset dataset) {
        BatchSequence batches = BatchSequence.inOrder(dataset, 2);
        Batch batch = batches.newBatch();
        while (batches.next(batch)) {
            assertThat(batch.size()).isPositive();
        }
    }

    @Test
    void arraysMustFitEachOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.ofLabels(new float[7], new float[6], 2))
                .withMessage("The inputs are [3 examples][input size], as many rows as there are rows of labels, but 7"
                        + " input values are not a positive multiple of 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.ofValues(new float[4][2], new float[3], 1))
                .withMessage("There are 4 examples, but 3 rows of values; each example needs one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.ofValues(new float[2][2], new float[][] {{1, 2}, {1}}))
                .withMessage("Example 1 has 1 values, but example 0 has 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.ofLabels(new float[2][2], new float[3], 2))
                .withMessage("The labels are [examples][2], but 3 labels are not a multiple of 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.ofValues(new float[0][], new float[0][]))
                .withMessage("A data set needs at least one example, but there is no value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.ofLabels(new float[1][1], new float[1], 0))
                .withMessage("A data set needs at least one label an example, but outputs is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batch.ofValues(new float[6], new float[7], 2, 3))
                .withMessage("Target values are [rows][2], but the array's length 7 is not a positive multiple of 2");
    }

    @Test
    void theWrongKindOfTargetsIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Batch.allocateLabels(2, 2, 3).labels())
                .withMessage("The targets of this batch are not class indices but 3 independent labels a row; use"
                        + " independentLabels(), or allocate for the batch");
        assertThatIllegalStateException()
                .isThrownBy(() -> Batch.allocateValues(2, 2, 3).independentLabels())
                .withMessage("The targets of this batch are not independent labels but 3 values a row; use"
                        + " targetValues(), or allocateLabels for the batch");
        assertThatIllegalStateException()
                .isThrownBy(() -> Batch.allocate(2, 2).targetValues())
                .withMessage("The targets of this batch are not values but 2 class indices; use labels(), or"
                        + " allocateValues for the batch");
    }

    @Test
    void aBatchOfLabelsChecksThem() {
        IndependentLabels labels = new IndependentLabels(new float[] {0, 1, 0.5f, -0.5f}, 2);
        labels.requireLabels(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> labels.requireLabels(2))
                .withMessage("Label 1 of row 1 is -0.5, but a label is 0 to 1");
    }
}
