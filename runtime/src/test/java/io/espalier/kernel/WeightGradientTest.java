package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightGradientTest {

    /** A gradient with its operands somewhere in larger arrays. */
    private record Gradient(
            int rows, int positions, int in, int out, int offset, float[] x, int xStride, float[] g, int gStride) {
        private static final int[] POSITIONS = {1, 1, 1, 2, 3, 7, 12, 17, 40, 600};

        static Gradient random(Random random, int rows, int in, int out) {
            return random(random, rows, 1, in, out);
        }

        static Gradient random(Random random, int rows, int positions, int in, int out) {
            int offset = random.nextInt(20);
            int xStride = in + random.nextInt(5);
            int gStride = out + random.nextInt(5);
            float[] x = Randomized.matrix(random, offset, xStride, rows, in);
            float[] g = Randomized.matrix(random, offset, gStride, rows, out);
            return new Gradient(rows, positions, in, out, offset, x, xStride, g, gStride);
        }

        static Gradient random(Random random) {
            int rows = random.nextInt(4) == 0 ? 100 + random.nextInt(1900) : 1 + random.nextInt(70);
            int positions = POSITIONS[random.nextInt(POSITIONS.length)];
            int whole = Math.ceilDiv(rows, positions) * positions;
            return random(
                    random,
                    whole,
                    positions,
                    1 + random.nextInt(rows > 70 ? 120 : 70),
                    1 + random.nextInt(rows > 400 ? 40 : 170));
        }

        void compute(float[] dw, float[] bias, boolean add) {
            int atOnce = 1 + (rows + in) % WeightGradient.MOST_PANELS;
            float[] scratch = Randomized.poisoned(WeightGradient.scratchSize(rows / positions, positions, in, atOnce));
            int panels = WeightPanels.count(out);
            for (int panel = 0; panel < panels; panel += atOnce) {
                int end = Math.min(panel + atOnce, panels);
                WeightGradient.panels(
                        x, offset, xStride, in, g, offset, gStride, out, rows, positions, panel, end, dw, offset, bias,
                        offset, add, scratch);
            }
        }

        float input(int row, int i) {
            return x[offset + row * xStride + i];
        }

        float outputGradient(int row, int o) {
            return g[offset + row * gStride + o];
        }

        /** The element by its definition: chains over parts of 512 rows, the tree over a leaf's, the tree over the leaves. */
        float element(int i, int o) {
            return tree((sum, row) -> Math.fma(input(row, i), outputGradient(row, o), sum));
        }

        float biasElement(int o) {
            return tree((sum, row) -> sum + outputGradient(row, o));
        }

        private interface Chain {
            float next(float sum, int row);
        }

        private float tree(Chain chain) {
            int leafRows = 32 * Slices.rows(positions);
            float[] leaves = new float[Math.ceilDiv(rows, leafRows)];
            for (int leaf = 0; leaf < leaves.length; leaf++) {
                int start = leaf * leafRows;
                int end = Math.min(rows, start + leafRows);
                float[] parts = new float[Math.ceilDiv(end - start, 512)];
                for (int row = start; row < end; row++) {
                    int part = (row - start) / 512;
                    parts[part] = chain.next(parts[part], row);
                }
                leaves[leaf] = Randomized.tree(parts, 0, parts.length);
            }
            return Randomized.tree(leaves, 0, leaves.length);
        }

        String shape() {
            return rows + " rows, " + positions + " an example, " + in + " → " + out;
        }
    }

    /** A tree is as high as the logarithm of its leaves: a partial sum more each time that the examples double. */
    @Test
    void workingSpaceGrowsWithTheHeightOfTheTreeAlone() {
        for (int positions : new int[] {1, 12, 196}) {
            int one = WeightGradient.scratchSize(2048, positions, 40, 2)
                    - WeightGradient.scratchSize(1024, positions, 40, 2);
            int ten = WeightGradient.scratchSize(1024 << 10, positions, 40, 2)
                    - WeightGradient.scratchSize(1024, positions, 40, 2);
            assertThat(one).isPositive();
            assertThat(ten).isEqualTo(10 * one);
        }
    }

    @Test
    void isTheTreeOfChainsOverLeaves() {
        Random random = Randomized.random("isTheTreeOfChainsOverLeaves");
        for (int trial = 0; trial < 50; trial++) {
            Gradient gradient = Gradient.random(random);
            float[] dw = Randomized.poisoned(gradient.offset + WeightPanels.size(gradient.in, gradient.out) + 3);
            float[] bias = Randomized.poisoned(gradient.offset + gradient.out + 3);
            gradient.compute(dw, bias, false);
            for (int o = 0; o < gradient.out; o++) {
                for (int i = 0; i < gradient.in; i++) {
                    assertThat(dw[gradient.offset + WeightPanels.position(o, i, gradient.out, gradient.in)])
                            .as("element (%d, %d) of %s", o, i, gradient.shape())
                            .isEqualTo(gradient.element(i, o));
                }
                assertThat(bias[gradient.offset + o])
                        .as("bias %d of %s", o, gradient.shape())
                        .isEqualTo(gradient.biasElement(o));
            }
            for (int i = 0; i < gradient.offset; i++) {
                assertThat(dw[i]).isNaN();
                assertThat(bias[i]).isNaN();
            }
            for (int i = 1; i <= 3; i++) {
                assertThat(dw[dw.length - i]).isNaN();
                assertThat(bias[bias.length - i]).isNaN();
            }
        }
    }

    /** A tree of chains is off by fewer units of rounding than one chain over all rows. */
    @Test
    void agreesWithDoublePrecision() {
        Random random = Randomized.random("agreesWithDoublePrecision");
        for (int trial = 0; trial < 50; trial++) {
            Gradient gradient = Gradient.random(random);
            float[] dw = new float[gradient.offset + WeightPanels.size(gradient.in, gradient.out)];
            float[] bias = new float[gradient.offset + gradient.out];
            gradient.compute(dw, bias, false);
            for (int o = 0; o < gradient.out; o++) {
                double biasSum = 0;
                double biasMagnitude = 0;
                for (int row = 0; row < gradient.rows; row++) {
                    biasSum += gradient.outputGradient(row, o);
                    biasMagnitude += Math.abs(gradient.outputGradient(row, o));
                }
                double tolerance = (Math.min(gradient.rows, 512) + 5) * 0x1p-24;
                assertThat((double) bias[gradient.offset + o]).isCloseTo(biasSum, within(tolerance * biasMagnitude));
                for (int i = 0; i < gradient.in; i++) {
                    double sum = 0;
                    double magnitude = 0;
                    for (int row = 0; row < gradient.rows; row++) {
                        double term = (double) gradient.input(row, i) * gradient.outputGradient(row, o);
                        sum += term;
                        magnitude += Math.abs(term);
                    }
                    assertThat((double) dw[gradient.offset + WeightPanels.position(o, i, gradient.out, gradient.in)])
                            .as("element (%d, %d) of %s", o, i, gradient.shape())
                            .isCloseTo(sum, within(tolerance * magnitude));
                }
            }
        }
    }

    @Test
    void addsToWhatIsThere() {
        Random random = Randomized.random("addsToWhatIsThere");
        for (int trial = 0; trial < 30; trial++) {
            Gradient gradient = Gradient.random(random);
            float[] sums = new float[gradient.offset + WeightPanels.size(gradient.in, gradient.out)];
            float[] biasSums = new float[gradient.offset + gradient.out];
            gradient.compute(sums, biasSums, false);
            float[] before = Randomized.panels(random, gradient.offset, gradient.in, gradient.out);
            float[] biasBefore = Randomized.values(random, gradient.offset + gradient.out);
            float[] dw = before.clone();
            float[] bias = biasBefore.clone();
            gradient.compute(dw, bias, true);
            for (int i = gradient.offset; i < sums.length; i++) {
                assertThat(dw[i]).as(gradient.shape()).isEqualTo(before[i] + sums[i]);
            }
            for (int o = gradient.offset; o < biasSums.length; o++) {
                assertThat(bias[o]).as(gradient.shape()).isEqualTo(biasBefore[o] + biasSums[o]);
            }
        }
    }

    @Test
    void paddingStaysZero() {
        Random random = Randomized.random("paddingStaysZero");
        for (int trial = 0; trial < 50; trial++) {
            Gradient gradient = Gradient.random(random);
            int size = WeightPanels.size(gradient.in, gradient.out);
            float[] dw = Randomized.poisoned(gradient.offset + size);
            gradient.compute(dw, new float[gradient.offset + gradient.out], false);
            gradient.compute(dw, new float[gradient.offset + gradient.out], true);
            boolean[] used = new boolean[size];
            for (int o = 0; o < gradient.out; o++) {
                for (int i = 0; i < gradient.in; i++) {
                    used[WeightPanels.position(o, i, gradient.out, gradient.in)] = true;
                }
            }
            for (int i = 0; i < size; i++) {
                if (!used[i]) {
                    assertThat(dw[gradient.offset + i]).as(gradient.shape()).isZero();
                }
            }
        }
    }

    @Test
    void aLayerMayHaveNoBias() {
        Gradient gradient = Gradient.random(new Random(1), 9, 5, 7);
        float[] with = new float[gradient.offset + WeightPanels.size(5, 7)];
        float[] without = with.clone();
        gradient.compute(with, new float[gradient.offset + 7], false);
        float[] scratch = new float[WeightGradient.scratchSize(9, 1, 5, 1)];
        WeightGradient.panels(
                gradient.x,
                gradient.offset,
                gradient.xStride,
                5,
                gradient.g,
                gradient.offset,
                gradient.gStride,
                7,
                9,
                1,
                0,
                1,
                without,
                gradient.offset,
                null,
                0,
                false,
                scratch);
        assertThat(without).isEqualTo(with);
    }
}
