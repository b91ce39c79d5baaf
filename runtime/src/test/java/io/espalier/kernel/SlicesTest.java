package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicesTest {
    @ParameterizedTest(name = "{0} positions")
    @CsvSource({"1, 16", "2, 8", "3, 4", "4, 4", "5, 2", "7, 2", "8, 2", "9, 1", "16, 1", "17, 1", "784, 1"})
    void aSliceHasThePowerOfTwoOfExamplesWhoseRowsFit(int positions, int examples) {
        assertThat(Slices.examples(positions)).isEqualTo(examples);
        assertThat(Slices.rows(positions)).isEqualTo(examples * positions);
        assertThat(Slices.count(0, positions)).isZero();
        assertThat(Slices.count(examples, positions)).isEqualTo(1);
        assertThat(Slices.count(examples + 1, positions)).isEqualTo(2);
    }
}
