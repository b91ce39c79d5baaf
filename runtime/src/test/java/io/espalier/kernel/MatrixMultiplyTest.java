package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MatrixMultiplyTest {

    /** A product with its operands somewhere in larger arrays. */
    private record Product(
            int rows, int depth, int columns, int offset, float[] a, int aStride, float[] panels, int cStride) {

        static Product random(Random random, int rows, int depth, int columns) {
            int offset = random.nextInt(20);
            int aStride = depth + random.nextInt(5);
            int cStride = Randomized.roundUp(columns) + random.nextInt(5);
            float[] a = Randomized.matrix(random, offset, aStride, rows, depth);
            float[] panels = Randomized.panels(random, offset, depth, columns);
            return new Product(rows, depth, columns, offset, a, aStride, panels, cStride);
        }

        float[] result() {
            return Randomized.poisoned(offset + rows * cStride + 3);
        }

        void compute(float[] c, int from, int to) {
            int aOffset = offset + from * aStride;
            int cOffset = offset + from * cStride;
            MatrixMultiply.multiply(
                    a, aOffset, aStride, to - from, depth, panels, offset, columns, c, cOffset, cStride);
        }

        float weight(int column, int k) {
            return panels[offset + WeightPanels.position(column, k, columns, depth)];
        }

        float input(int row, int k) {
            return a[offset + row * aStride + k];
        }

        String shape() {
            return rows + " × " + depth + " × " + columns;
        }
    }

    private static Product small(Random random) {
        return Product.random(random, 1 + random.nextInt(70), 1 + random.nextInt(70), 1 + random.nextInt(70));
    }

    /** A chain of n operations is off by at most n units of rounding of the sum of magnitudes. */
    @Test
    void agreesWithDoublePrecision() {
        Random random = Randomized.random("agreesWithDoublePrecision");
        for (int trial = 0; trial < 60; trial++) {
            // So deep that rows are taken in several blocks, the last one of a single row.
            Product product = trial == 0 ? Product.random(random, 97, 6000, 40) : small(random);
            float[] c = product.result();
            product.compute(c, 0, product.rows);
            for (int row = 0; row < product.rows; row++) {
                for (int column = 0; column < product.columns; column++) {
                    double sum = 0;
                    double magnitude = 0;
                    for (int k = 0; k < product.depth; k++) {
                        double term = (double) product.input(row, k) * product.weight(column, k);
                        sum += term;
                        magnitude += Math.abs(term);
                    }
                    assertThat((double) c[product.offset + row * product.cStride + column])
                            .as("element (%d, %d) of %s", row, column, product.shape())
                            .isCloseTo(sum, within((product.depth + 1) * 0x1p-24 * magnitude));
                }
            }
        }
    }

    @Test
    void everyElementIsOneChainOfFusedMultiplyAdds() {
        Random random = Randomized.random("everyElementIsOneChainOfFusedMultiplyAdds");
        for (int trial = 0; trial < 60; trial++) {
            Product product = small(random);
            float[] c = product.result();
            product.compute(c, 0, product.rows);
            for (int row = 0; row < product.rows; row++) {
                for (int column = 0; column < product.columns; column++) {
                    float sum = 0;
                    for (int k = 0; k < product.depth; k++) {
                        sum = Math.fma(product.input(row, k), product.weight(column, k), sum);
                    }
                    assertThat(c[product.offset + row * product.cStride + column])
                            .as("element (%d, %d) of %s", row, column, product.shape())
                            .isEqualTo(sum);
                }
            }
        }
    }

    @Test
    void theDivisionOfRowsDoesNotMatter() {
        Random random = Randomized.random("theDivisionOfRowsDoesNotMatter");
        for (int trial = 0; trial < 60; trial++) {
            Product product = small(random);
            float[] whole = product.result();
            product.compute(whole, 0, product.rows);
            float[] pieces = product.result();
            for (int from = 0; from < product.rows; ) {
                int to = Math.min(product.rows, from + 1 + random.nextInt(20));
                product.compute(pieces, from, to);
                from = to;
            }
            assertThat(pieces).as(product.shape()).isEqualTo(whole);
        }
    }

    @Test
    void writesNothingBeyondTheRoundedWidth() {
        Random random = Randomized.random("writesNothingBeyondTheRoundedWidth");
        for (int trial = 0; trial < 60; trial++) {
            Product product = small(random);
            float[] c = product.result();
            product.compute(c, 0, product.rows);
            for (int i = 0; i < c.length; i++) {
                int row = Math.floorDiv(i - product.offset, product.cStride);
                int column = Math.floorMod(i - product.offset, product.cStride);
                if (row < 0 || row >= product.rows || column >= Randomized.roundUp(product.columns)) {
                    assertThat(c[i]).as("position %d of %s", i, product.shape()).isNaN();
                } else if (column >= product.columns) {
                    // The product of the padding, or untouched.
                    assertThat(c[i] == 0f || Float.isNaN(c[i])).isTrue();
                }
            }
        }
    }

    @Test
    void deepAndWideShapes() {
        Random random = Randomized.random("deepAndWideShapes");
        for (int[] shape : new int[][] {{17, 1500, 10}, {3, 900, 200}, {1, 784, 1024}, {61, 300, 129}}) {
            Product product = Product.random(random, shape[0], shape[1], shape[2]);
            float[] c = product.result();
            product.compute(c, 0, product.rows);
            for (int trial = 0; trial < 200; trial++) {
                int row = random.nextInt(product.rows);
                int column = random.nextInt(product.columns);
                float sum = 0;
                for (int k = 0; k < product.depth; k++) {
                    sum = Math.fma(product.input(row, k), product.weight(column, k), sum);
                }
                assertThat(c[product.offset + row * product.cStride + column]).isEqualTo(sum);
            }
        }
    }

    @Test
    void noRowsAreNoWork() {
        float[] c = Randomized.poisoned(16);
        MatrixMultiply.multiply(new float[0], 0, 4, 0, 4, new float[64], 0, 3, c, 0, 16);
        assertThat(c).containsOnly(Float.NaN);
    }
}
