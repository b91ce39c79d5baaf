package io.espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fillsRowsFromArrays(boolean flat) {
        int[] labels = {0, 1, 2};
        Dataset dataset = flat
                ? Dataset.of(new float[] {0, 1, 10, 11, 20, 21}, labels, 3)
                : Dataset.of(new float[][] {{0, 1}, {10, 11}, {20, 21}}, labels, 3);
        Batch batch = dataset.newBatch(3);
        dataset.fill(new int[] {9, 2, 0}, 1, 2, batch);
        assertThat(batch.size()).isEqualTo(2);
        assertThat(batch.inputs()).startsWith(20, 21, 0, 1);
        assertThat(batch.labels()).startsWith(2, 0);
        assertThat(dataset.size()).isEqualTo(3);
        assertThat(dataset.inputSize()).isEqualTo(2);
        assertThat(dataset.outputs()).isEqualTo(3);
    }

    @Test
    void labelsOutOfRangeNameTheExample() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.of(new float[6], new int[] {0, 1, 2}, 2))
                .withMessage("The label of example 2 is 2, but the classes are 0 to 1 (2 classes)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.of(new float[3][2], new int[] {0, -1, 0}, 2))
                .withMessageContaining("example 1 is -1");
    }

    @Test
    void arraysMustFitEachOther() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.of(new float[7], new int[3], 2))
                .withMessageContaining("7 input values are not a positive multiple of 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.of(new float[4][2], new int[3], 2))
                .withMessage("There are 4 examples, but 3 labels; each example needs one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.of(new float[][] {{1, 2}, {1}}, new int[2], 2))
                .withMessage("Example 1 has 1 input values, but example 0 has 2");
        assertThatIllegalArgumentException().isThrownBy(() -> Dataset.of(new float[0], new int[0], 2));
    }

    @Test
    void subsetsOfSubsetsReferToTheOriginal() {
        Dataset dataset = counting(10);
        Dataset view = dataset.subset(9, 7, 5, 3, 1).subset(4, 0, 0);
        assertThat(view.size()).isEqualTo(3);
        assertThat(labels(view)).containsExactly(1, 9, 9);
        Batch batch = view.newBatch(2);
        view.fill(new int[] {1, 0}, 0, 2, batch);
        assertThat(batch.labels()).containsExactly(9, 1);
        assertThat(batch.inputs()).containsExactly(9, 1);
    }

    @Test
    void subsetsCheckTheirIndices() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> counting(10).subset(1, 10))
                .withMessage("Index 10 at place 1 of the subset is out of range: the data set has examples 0 to 9");
        assertThatIllegalArgumentException().isThrownBy(() -> counting(10).subset());
    }

    @Test
    void aSplitPartitionsAndTheSeedFixesIt() {
        Dataset dataset = counting(100);
        Dataset.Split split = dataset.split(0.2, 7);
        assertThat(split.validation().size()).isEqualTo(20);
        assertThat(split.train().size()).isEqualTo(80);
        List<Integer> all = new ArrayList<>(labels(split.train()));
        all.addAll(labels(split.validation()));
        assertThat(all).doesNotHaveDuplicates().hasSize(100);
        assertThat(labels(split.validation()))
                .isSorted()
                .isEqualTo(labels(dataset.split(0.2, 7).validation()))
                .isNotEqualTo(labels(dataset.split(0.2, 8).validation()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN, 0.001, 0.999})
    void aSplitLeavesNoSideEmpty(double share) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> counting(100).split(share, 1))
                .withMessageContaining(String.valueOf(share));
    }

    static Dataset counting(int size) {
        float[] inputs = new float[size];
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            inputs[i] = i;
            labels[i] = i;
        }
        return Dataset.of(inputs, labels, size);
    }

    static List<Integer> labels(Dataset dataset) {
        List<Integer> labels = new ArrayList<>();
        BatchSequence batches = BatchSequence.inOrder(dataset, 7);
        Batch batch = batches.newBatch();
        while (batches.next(batch)) {
            for (int row = 0; row < batch.size(); row++) {
                labels.add(batch.labels()[row]);
            }
        }
        return labels;
    }
}
