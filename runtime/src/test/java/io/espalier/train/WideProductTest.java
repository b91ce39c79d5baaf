package io.espalier.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.espalier.emitted.PhaseEntry;
import io.espalier.kernel.MatrixMultiply;
import io.espalier.kernel.WeightPanels;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A product that threads share column by column is the one that a single call computes, bit by bit. */
class WideProductTest {
    @ParameterizedTest(name = "{0} rows, {1} → {2}, {3} threads")
    @CsvSource({
        "1, 40, 700, 2",
        "17, 33, 300, 3",
        "256, 20, 97, 2",
        "257, 20, 97, 1",
        "513, 24, 330, 2",
        "600, 7, 1000, 3",
    })
    void isTheProduct(int rows, int in, int out, int threads) {
        Random random = new Random(rows);
        int aStride = in + 3;
        int cStride = Math.ceilDiv(out, 16) * 16 + 16;
        int offset = 5;
        float[] a = values(random, rows * aStride);
        float[] weight = values(random, offset + WeightPanels.size(in, out));
        float[] expected = new float[rows * cStride];
        MatrixMultiply.multiply(a, 0, aStride, rows, in, weight, offset, out, expected, 0, cStride);
        float[] c = new float[rows * cStride];
        Arrays.fill(c, Float.NaN);
        try (Workers workers = new Workers(threads)) {
            workers.start();
            new WideProduct(workers, new PhaseEntry.Wide(1, a, aStride, in, weight, offset, out, c, cStride)).run(rows);
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < out; column++) {
                assertThat(c[row * cStride + column])
                        .as("row %d, column %d", row, column)
                        .isEqualTo(expected[row * cStride + column]);
            }
        }
    }

    private static float[] values(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
