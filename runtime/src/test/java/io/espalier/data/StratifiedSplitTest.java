package io.espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StratifiedSplitTest {

    /** A data set whose inputs are the examples' numbers, with so many examples of each class, in turn. */
    private static Dataset of(int... counts) {
        List<Integer> labels = new ArrayList<>();
        for (int round = 0; round < Arrays.stream(counts).max().orElseThrow(); round++) {
            for (int c = 0; c < counts.length; c++) {
                if (round < counts[c]) {
                    labels.add(c);
                }
            }
        }
        float[] inputs = new float[labels.size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = i;
        }
        return Dataset.of(inputs, labels.stream().mapToInt(label -> label).toArray(), counts.length);
    }

    private static int[] counts(Dataset dataset) {
        int[] counts = new int[dataset.outputs()];
        DatasetTest.labels(dataset).forEach(label -> counts[label]++);
        return counts;
    }

    private static List<Float> numbers(Dataset dataset) {
        List<Float> numbers = new ArrayList<>();
        BatchSequence batches = BatchSequence.inOrder(dataset, 64);
        Batch batch = batches.newBatch();
        while (batches.next(batch)) {
            for (int row = 0; row < batch.size(); row++) {
                numbers.add(batch.inputs()[row]);
            }
        }
        return numbers;
    }

    @Test
    void eachClassIsDividedInTheSameShare() {
        Dataset.Split split = of(100, 50, 10).stratifiedSplit(0.2, 7);
        assertThat(counts(split.validation())).containsExactly(20, 10, 2);
        assertThat(counts(split.train())).containsExactly(80, 40, 8);
    }

    @Test
    void sharesAreRoundedFairly() {
        // 3.3, 3.3 and 3.4 of 10: ten in all, the largest remainder is rounded up.
        assertThat(counts(of(33, 33, 34).stratifiedSplit(0.1, 1).validation())).containsExactly(3, 3, 4);
        // 0.4 of each of five: all round down to nothing, yet each class must be there.
        assertThat(counts(of(4, 4, 4, 4, 4).stratifiedSplit(0.1, 1).validation()))
                .containsExactly(1, 1, 1, 1, 1);
        assertThat(counts(of(2, 2, 30).stratifiedSplit(0.9, 1).validation())).containsExactly(1, 1, 29);
    }

    @Test
    void aSingleExampleOfAClassIsTrainedOn() {
        Dataset.Split split = of(20, 1, 0).stratifiedSplit(0.4, 1);
        assertThat(counts(split.train())).containsExactly(12, 1, 0);
        assertThat(counts(split.validation())).containsExactly(8, 0, 0);
    }

    @Test
    void aSplitPartitionsAndTheSeedFixesIt() {
        Dataset dataset = of(60, 40);
        Dataset.Split split = dataset.stratifiedSplit(0.3, 7);
        List<Float> all = new ArrayList<>(numbers(split.train()));
        all.addAll(numbers(split.validation()));
        assertThat(all).doesNotHaveDuplicates().hasSize(100);
        assertThat(numbers(split.train())).isSorted();
        assertThat(numbers(split.validation()))
                .isSorted()
                .isEqualTo(numbers(dataset.stratifiedSplit(0.3, 7).validation()))
                .isNotEqualTo(numbers(dataset.stratifiedSplit(0.3, 8).validation()));
    }

    @Test
    void everyClassIsOnBothSidesWhateverTheSizes() {
        long seed = System.nanoTime();
        System.out.println("StratifiedSplitTest.everyClassIsOnBothSidesWhateverTheSizes seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            int[] sizes = random.ints(1 + random.nextInt(6), 2, 40).toArray();
            double fraction = 0.02 + 0.96 * random.nextDouble();
            Dataset.Split split = of(sizes).stratifiedSplit(fraction, seed);
            int[] kept = counts(split.validation());
            int[] trained = counts(split.train());
            int total = 0;
            int wanted = 0;
            boolean bounded = false;
            for (int c = 0; c < sizes.length; c++) {
                assertThat(kept[c]).isBetween(1, sizes[c] - 1);
                assertThat(kept[c] + trained[c]).isEqualTo(sizes[c]);
                total += kept[c];
                wanted += sizes[c];
                bounded |= kept[c] == 1 || kept[c] == sizes[c] - 1;
            }
            if (!bounded) {
                assertThat(total).isEqualTo((int) Math.round(wanted * fraction));
                for (int c = 0; c < sizes.length; c++) {
                    assertThat(Math.abs(kept[c] - sizes[c] * fraction)).isLessThan(1 + 1e-9);
                }
            }
        }
    }

    /** Over many seeds, each example of a class is kept equally often: 2,000 draws of 3 in 10, within 5 deviations. */
    @Test
    void everyExampleOfAClassHasTheSameChance() {
        Dataset dataset = of(10, 20);
        int[] kept = new int[30];
        for (int seed = 0; seed < 2000; seed++) {
            numbers(dataset.stratifiedSplit(0.3, seed).validation()).forEach(number -> kept[number.intValue()]++);
        }
        double deviation = Math.sqrt(2000 * 0.3 * 0.7);
        for (int count : kept) {
            assertThat(count).isBetween((int) (600 - 5 * deviation), (int) (600 + 5 * deviation));
        }
    }

    @Test
    void viewsAreDividedLikeOthers() {
        Dataset view = of(30, 30).subset(0, 2, 4, 6, 1, 3);
        Dataset.Split split = view.stratifiedSplit(0.5, 1);
        assertThat(counts(split.validation())).containsExactly(2, 1);
        assertThat(numbers(view)).containsAll(numbers(split.validation()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN})
    void theShareMustBeOne(double share) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(4, 4).stratifiedSplit(share, 1))
                .withMessageContaining(String.valueOf(share));
    }

    @Test
    void whatCannotBeDividedByClassIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(1, 1, 1).stratifiedSplit(0.4, 1))
                .withMessageContaining("leaves none for validation");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Dataset.ofValues(new float[4], new float[4], 1).stratifiedSplit(0.5, 1))
                .withMessageContaining("TargetValues")
                .withMessageContaining("use split(...)");
    }
}
