package io.espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchSequenceTest {

    @Test
    void anEpochGoesThroughEveryExampleOnce() {
        BatchSequence batches = BatchSequence.shuffled(DatasetTest.counting(10), 4, 1, 3);
        assertThat(batches.steps()).isEqualTo(3);
        List<Integer> order = new ArrayList<>();
        assertThat(epoch(batches, 1, order)).containsExactly(4, 4, 2);
        assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void theOrderIsFixedBySeedAndEpochAlone() {
        Dataset dataset = DatasetTest.counting(50);
        BatchSequence batches = BatchSequence.shuffled(dataset, 8, 1, 3);
        List<Integer> first = order(batches, 1);
        List<Integer> second = order(batches, 2);
        assertThat(second).isNotEqualTo(first);
        assertThat(order(BatchSequence.shuffled(dataset, 8, 1, 3), 2)).isEqualTo(second);
        assertThat(order(batches, 1)).isEqualTo(first);
        assertThat(order(BatchSequence.shuffled(dataset, 8, 1, 4), 1)).isNotEqualTo(first);
        assertThat(order(BatchSequence.shuffled(dataset, 13, 1, 3), 1)).isEqualTo(first);
    }

    @Test
    void aViewIsShuffledWithinItself() {
        Dataset view = DatasetTest.counting(20).subset(IntStream.range(5, 15).toArray());
        BatchSequence batches = BatchSequence.shuffled(view, 3, 1, 3);
        List<Integer> first = order(batches, 1);
        assertThat(first).containsExactlyInAnyOrder(5, 6, 7, 8, 9, 10, 11, 12, 13, 14);
        assertThat(order(batches, 2)).isNotEqualTo(first).containsExactlyInAnyOrderElementsOf(first);
        assertThat(DatasetTest.labels(view)).isSorted();
    }

    @ParameterizedTest
    @CsvSource({
        "9, 4, 1, '4,4,1'", // one row is a batch like any other
        "9, 4, 2, '4,3,2'", // the last two share evenly
        "65, 64, 2, '33,32'",
        "10, 4, 2, '4,4,2'",
        "8, 4, 2, '4,4'",
        "7, 3, 2, '3,2,2'",
        "5, 2, 2, '2,2'", // 3 rows make no two batches of 2: one example is left out
        "2, 64, 2, '2'",
        "1, 64, 1, '1'",
        "10, 4, 3, '4,3,3'",
    })
    void theRestIsTrainedUnlessTooSmall(int size, int batchSize, int smallest, String sizes) {
        BatchSequence batches = BatchSequence.shuffled(DatasetTest.counting(size), batchSize, smallest, 1);
        int[] expected =
                Arrays.stream(sizes.split(",")).mapToInt(Integer::parseInt).toArray();
        List<Integer> order = new ArrayList<>();
        assertThat(epoch(batches, 1, order))
                .containsExactly(IntStream.of(expected).boxed().toArray(Integer[]::new));
        assertThat(batches.steps()).isEqualTo(expected.length);
        assertThat(batches.examples()).isEqualTo(IntStream.of(expected).sum());
        assertThat(order).doesNotHaveDuplicates();
    }

    @Test
    void theExampleLeftOutDiffersFromEpochToEpoch() {
        BatchSequence batches = BatchSequence.shuffled(DatasetTest.counting(5), 2, 2, 1);
        List<Integer> leftOut = new ArrayList<>();
        for (int epoch = 1; epoch <= 20; epoch++) {
            List<Integer> seen = order(batches, epoch);
            leftOut.add(IntStream.range(0, 5)
                    .filter(i -> !seen.contains(i))
                    .findFirst()
                    .orElseThrow());
        }
        assertThat(leftOut.stream().distinct().count()).isGreaterThan(1);
    }

    @Test
    void saysWhichExampleStandsInARow() {
        BatchSequence batches = BatchSequence.shuffled(DatasetTest.counting(9), 4, 1, 5);
        Batch batch = batches.newBatch();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> batches.example(0));
        while (batches.next(batch)) {
            for (int row = 0; row < batch.size(); row++) {
                assertThat(batches.example(row)).isEqualTo(batch.labels()[row]);
            }
        }
        assertThat(batches.done()).isEqualTo(3);
    }

    @Test
    void aLabelOutOfRangeNamesTheExample() {
        BatchSequence batches = BatchSequence.inOrder(onDemand(10, i -> i == 6 ? 4 : i % 3), 4);
        Batch batch = batches.newBatch();
        assertThat(batches.next(batch)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batches.next(batch))
                .withMessage("The label of example 6 is 4, but the classes are 0 to 2 (3 classes)");
    }

    @Test
    void aDatasetThatFillsTooLittleIsRefused() {
        Dataset lazy = new OnDemand(10, i -> 0) {
            @Override
            public void fill(int[] indices, int from, int count, Batch batch) {
                batch.setSize(1);
            }
        };
        BatchSequence batches = BatchSequence.inOrder(lazy, 4);
        assertThatIllegalStateException()
                .isThrownBy(() -> batches.next(batches.newBatch()))
                .withMessageContaining("was asked for 4 examples but set the batch's size to 1");
    }

    @Test
    void argumentsAreChecked() {
        Dataset dataset = DatasetTest.counting(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchSequence.inOrder(dataset, 0))
                .withMessageContaining("at least 1, but it is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> BatchSequence.shuffled(dataset, 1, 2, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> BatchSequence.shuffled(dataset.subset(0), 4, 2, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchSequence.inOrder(onDemand(0, i -> 0), 1))
                .withMessageContaining("no examples");
    }

    @Test
    void nothingIsAllocatedFromBatchToBatch() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Dataset view = DatasetTest.counting(1000).subset(IntStream.range(0, 999).toArray());
        BatchSequence batches = BatchSequence.shuffled(view, 8, 1, 5);
        Batch batch = batches.newBatch();
        batches.next(batch);
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        while (batches.next(batch)) {
            batch.labels();
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
    }

    private static List<Integer> order(BatchSequence batches, int epoch) {
        List<Integer> order = new ArrayList<>();
        epoch(batches, epoch, order);
        return order;
    }

    private static List<Integer> epoch(BatchSequence batches, int epoch, List<Integer> order) {
        List<Integer> sizes = new ArrayList<>();
        Batch batch = batches.newBatch();
        batches.start(epoch);
        while (batches.next(batch)) {
            sizes.add(batch.size());
            for (int row = 0; row < batch.size(); row++) {
                order.add(batch.labels()[row]);
            }
        }
        return sizes;
    }

    private static Dataset onDemand(int size, IntUnaryOperator label) {
        return new OnDemand(size, label);
    }

    /** Computes its examples when asked for them. */
    private static class OnDemand implements Dataset {
        private final int size;
        private final IntUnaryOperator label;

        OnDemand(int size, IntUnaryOperator label) {
            this.size = size;
            this.label = label;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public int inputSize() {
            return 1;
        }

        @Override
        public int outputs() {
            return 3;
        }

        @Override
        public void fill(int[] indices, int from, int count, Batch batch) {
            for (int row = 0; row < count; row++) {
                batch.inputs()[row] = indices[from + row];
                batch.labels()[row] = label.applyAsInt(indices[from + row]);
            }
            batch.setSize(count);
        }
    }
}
