package io.espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StandardizationTest {

    /** Features 1 3 5, a constant one, and one far from zero. */
    private static Dataset dataset() {
        return Dataset.of(new float[] {1, 0.1f, 1e7f, 3, 0.1f, 1e7f + 1, 5, 0.1f, 1e7f + 2}, new int[] {0, 1, 2}, 3);
    }

    @Test
    void featuresGetMeanZeroAndDeviationOne() {
        Standardization standardization = Standardization.fit(dataset());
        assertThat(standardization.inputSize()).isEqualTo(3);
        assertThat(standardization.means()).containsExactly(3, 0.1f, 1e7 + 1);
        assertThat(standardization.deviations()[0]).isCloseTo(Math.sqrt(8.0 / 3), within(1e-15));
        assertThat(standardization.deviations()[1]).as("of a constant").isEqualTo(1);
        assertThat(standardization.deviations()[2]).isCloseTo(Math.sqrt(2.0 / 3), within(1e-9));
        Dataset applied = standardization.apply(dataset());
        Batch batch = applied.newBatch(2);
        applied.fill(new int[] {2, 0}, 0, 2, batch);
        float unit = (float) Math.sqrt(1.5);
        assertThat(batch.inputs()).containsExactly(new float[] {unit, 0, unit, -unit, 0, -unit}, within(1e-6f));
        assertThat(batch.labels()).containsExactly(2, 0);
        assertThat(applied.size()).isEqualTo(3);
        assertThat(applied.outputs()).isEqualTo(3);
    }

    @Test
    void aViewStaysAViewOfTheSameExamples() {
        Dataset view = dataset().subset(2, 1);
        Standardization standardization = Standardization.fit(view);
        assertThat(standardization.means()[0]).isEqualTo(4);
        Dataset applied = standardization.apply(view);
        assertThat(DatasetTest.labels(applied)).containsExactly(2, 1);
        BatchSequence batches = BatchSequence.inOrder(applied, 2);
        Batch batch = batches.newBatch();
        assertThat(batches.next(batch)).isTrue();
        assertThat(batch.inputs()[0]).isEqualTo(1);
        assertThat(batches.example(0)).as("in the original").isEqualTo(2);
    }

    @Test
    void otherTargetsPassThrough() {
        Dataset values = Dataset.ofValues(new float[] {1, 3}, new float[] {7, 8}, 1);
        Dataset applied = Standardization.fit(values).apply(values);
        Batch batch = applied.newBatch(2);
        applied.fill(new int[] {0, 1}, 0, 2, batch);
        assertThat(batch.targetValues()).containsExactly(7, 8);
        assertThat(batch.inputs()).containsExactly(-1, 1);
    }

    @Test
    void theTextGivesEveryNumberBack() {
        Standardization standardization = Standardization.fit(dataset());
        Standardization again = Standardization.fromJson(standardization.toJson());
        assertThat(again.means()).isEqualTo(standardization.means());
        assertThat(again.deviations()).isEqualTo(standardization.deviations());
    }

    @Test
    void aMalformedTextIsRefused() {
        String good = Standardization.fit(dataset()).toJson();
        for (int length = 0; length < good.length(); length++) {
            String cut = good.substring(0, length);
            assertThatIllegalArgumentException().isThrownBy(() -> Standardization.fromJson(cut));
        }
        String start = "{\"format\":\"espalier.standardization.1\",\"means\":";
        for (String rest : new String[] {
            "[],\"deviations\":[]}", "[1],\"deviations\":[1,2]}", "[1],\"deviations\":[0]}",
                    "[1e999],\"deviations\":[1]}",
            "[\"1\"],\"deviations\":[1]}", "[1],\"deviations\":[1],\"more\":1}", "[NaN],\"deviations\":[1]}", "null}"
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Standardization.fromJson(start + rest))
                    .withMessageStartingWith("No valid standardization, character ");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Standardization.fromJson("[]"));
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Standardization.fit(Dataset.of(new float[] {1, 2, 3, Float.NaN}, new int[2], 1)))
                .withMessageContaining("Input 1 of example 1 is NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Standardization.fit(dataset()).apply(DatasetTest.counting(3)))
                .withMessageContaining("3 inputs, but the examples have 1");
    }
}
