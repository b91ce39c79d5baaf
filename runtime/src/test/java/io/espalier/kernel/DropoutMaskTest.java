package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.espalier.random.Philox;
import io.espalier.random.Purpose;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The statistics are taken over fixed seeds, so every run sees the same masks. Their bounds were set for a false alarm rate
 * of one in a million each.
 */
class DropoutMaskTest {

    /** |z| that a normal variable exceeds once in a million draws. */
    private static final double Z = 4.8916;

    private static final int WIDTH = 512;
    private static final int ROWS = 1000;
    private static final int ELEMENTS = WIDTH * ROWS;

    private static long[] mask(int threshold, long seed, int stream, int step) {
        long[] bits = new long[ROWS * DropoutMask.wordsPerRow(WIDTH)];
        DropoutMask.fill(bits, WIDTH, threshold, seed, stream, step, 0, 0, ROWS);
        return bits;
    }

    private static int kept(long[] bits) {
        int kept = 0;
        for (long word : bits) {
            kept += Long.bitCount(word);
        }
        return kept;
    }

    /** Correlation of two masks of one rate, in standard deviations of what independent masks have. */
    private static double correlation(long[] a, long[] b, double keep) {
        double expected = keep * keep + (1 - keep) * (1 - keep);
        int same = 0;
        for (int i = 0; i < a.length; i++) {
            same += Long.bitCount(~(a[i] ^ b[i]));
        }
        double elements = a.length * 64.0;
        return (same - elements * expected) / Math.sqrt(elements * expected * (1 - expected));
    }

    private static double keep(int threshold) {
        return 1 - threshold / 65536.0;
    }

    @Test
    void bitsFollowTheDefinition() {
        Random random = Randomized.random("bitsFollowTheDefinition");
        for (int trial = 0; trial < 40; trial++) {
            int width = 1 + random.nextInt(400);
            int words = (width + 63) / 64;
            int rows = 1 + random.nextInt(20);
            int from = random.nextInt(rows);
            int to = from + random.nextInt(rows - from + 1);
            int firstRow = random.nextInt(100_000);
            int threshold = random.nextInt(1 << 16);
            long seed = random.nextLong();
            int stream = random.nextInt();
            int step = random.nextInt();
            long[] bits = new long[rows * words];
            DropoutMask.fill(bits, width, threshold, seed, stream, step, firstRow, from, to);
            int[] block = new int[4];
            for (int row = 0; row < rows; row++) {
                for (int j = 0; j < words * 64; j++) {
                    int word = row * words + (j >>> 6);
                    boolean kept = (bits[word] >>> (j & 63) & 1) != 0;
                    if (row < from || row >= to) {
                        assertThat(kept).isFalse();
                        continue;
                    }
                    int counter = ((firstRow + row) * words + (j >>> 6)) * 8 + (j & 7);
                    Philox.block(counter, step, stream, Purpose.MASK, (int) seed, (int) (seed >>> 32), block);
                    int half = (j >>> 3) & 7;
                    int draw = half % 2 == 0 ? block[half / 2] & 0xFFFF : block[half / 2] >>> 16;
                    assertThat(kept)
                            .as("element (%d, %d) of width %d", row, j, width)
                            .isEqualTo(draw >= threshold);
                }
            }
        }
    }

    @Test
    void rowScalesFollowTheDefinition() {
        float[] scales = new float[50];
        int threshold = DropoutMask.threshold(0.4);
        DropoutMask.rowScales(scales, threshold, 0x123456789abcdefL, 3, 9, 1000, 5, 50);
        int[] block = new int[4];
        for (int row = 0; row < 50; row++) {
            Philox.block(1000 + row, 9, 3, Purpose.MASK, 0x89abcdef, 0x01234567, block);
            float expected = row >= 5 && (block[0] & 0xFFFF) >= threshold ? DropoutMask.scale(threshold) : 0f;
            assertThat(scales[row]).as("row %d", row).isEqualTo(expected);
        }
    }

    @Test
    void thresholdsAreTheNearestInteger() {
        assertThat(DropoutMask.threshold(0)).isZero();
        assertThat(DropoutMask.threshold(0.5)).isEqualTo(32768);
        assertThat(DropoutMask.threshold(0.1)).isEqualTo(6554);
        assertThat(DropoutMask.threshold(0.3)).isEqualTo(19661);
        assertThat(DropoutMask.threshold(0.999999)).isEqualTo(65535);
        assertThat(DropoutMask.scale(0)).isEqualTo(1f);
        assertThat(DropoutMask.scale(32768)).isEqualTo(2f);
        assertThat(DropoutMask.scale(65535)).isEqualTo(65536f);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DropoutMask.threshold(1))
                .withMessage("A dropout probability must be at least 0 and below 1, but is 1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> DropoutMask.threshold(-1e-9));
        assertThatIllegalArgumentException().isThrownBy(() -> DropoutMask.threshold(Double.NaN));
    }

    @Test
    void theThresholdZeroKeepsEverything() {
        assertThat(mask(0, 1, 2, 3)).containsOnly(-1L);
    }

    /** Keep rate and, with the scale, the mean of what comes through: exactly 1 in expectation. */
    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.1, 0.3, 0.5, 0.8, 0.999})
    void rateAndMean(double p) {
        int threshold = DropoutMask.threshold(p);
        double keep = keep(threshold);
        int kept = kept(mask(threshold, 11, 0, 1));
        double deviation = Math.sqrt(ELEMENTS * keep * (1 - keep));
        assertThat((kept - ELEMENTS * keep) / deviation).isBetween(-Z, Z);
        assertThat(keep).isCloseTo(1 - p, within(0x1p-17));
        double mean = kept * (double) DropoutMask.scale(threshold) / ELEMENTS;
        assertThat(mean).isCloseTo(1, within(Z * deviation * DropoutMask.scale(threshold) / ELEMENTS + 1e-7));
    }

    @Test
    void rowScalesHaveTheRateToo() {
        float[] scales = new float[100_000];
        int threshold = DropoutMask.threshold(0.2);
        DropoutMask.rowScales(scales, threshold, 12, 1, 1, 0, 0, scales.length);
        double keep = keep(threshold);
        int kept = 0;
        for (float scale : scales) {
            kept += scale != 0 ? 1 : 0;
        }
        assertThat((kept - scales.length * keep) / Math.sqrt(scales.length * keep * (1 - keep)))
                .isBetween(-Z, Z);
    }

    @Test
    void everyPositionOfAWordHasTheRate() {
        int threshold = DropoutMask.threshold(0.3);
        double keep = keep(threshold);
        long[] bits = mask(threshold, 13, 0, 1);
        double chiSquare = 0;
        for (int position = 0; position < 64; position++) {
            int kept = 0;
            for (long word : bits) {
                kept += (int) (word >>> position & 1);
            }
            double z = (kept - bits.length * keep) / Math.sqrt(bits.length * keep * (1 - keep));
            chiSquare += z * z;
        }
        // The 1 − 10⁻⁶ quantile of χ² with 64 degrees of freedom.
        assertThat(chiSquare).isLessThan(132.8);
    }

    /** Bytes of masks at p = 1/2: all 256 patterns of eight neighbours, equally often. */
    @Test
    void neighboursAreIndependent() {
        int[] counts = new int[256];
        for (long word : mask(32768, 14, 0, 1)) {
            for (int shift = 0; shift < 64; shift += 8) {
                counts[(int) (word >>> shift & 0xFF)]++;
            }
        }
        double expected = ELEMENTS / 8.0 / 256;
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        // The 1 − 10⁻⁶ quantile of χ² with 255 degrees of freedom.
        assertThat(chiSquare).isLessThan(377.1);
    }

    /** Distances that share a block (8), a word's neighbour (64) or a column (the width). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 16, 56, 63, 64, 65, 128, WIDTH, 2 * WIDTH})
    void elementsAtADistanceAreIndependent(int distance) {
        int threshold = DropoutMask.threshold(0.3);
        long[] bits = mask(threshold, 15, 0, 1);
        int words = distance / 64;
        int shift = distance % 64;
        long[] left = new long[bits.length - words - 1];
        long[] right = new long[left.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = bits[i];
            right[i] = shift == 0 ? bits[i + words] : bits[i + words] >>> shift | bits[i + words + 1] << (64 - shift);
        }
        assertThat(correlation(left, right, keep(threshold))).isBetween(-Z, Z);
    }

    @Test
    void streamsStepsAndSeedsAreIndependent() {
        int threshold = DropoutMask.threshold(0.3);
        long[][] masks = {
            mask(threshold, 16, 0, 1),
            mask(threshold, 16, 1, 1),
            mask(threshold, 16, 2, 1),
            mask(threshold, 16, 0, 2),
            mask(threshold, 16, 1, 0),
            mask(threshold, 17, 0, 1),
            mask(threshold, 16 | 1L << 32, 0, 1),
            mask(threshold, 16 | 1L << 63, 0, 1)
        };
        for (int i = 0; i < masks.length; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(correlation(masks[i], masks[j], keep(threshold)))
                        .as("masks %d and %d", j, i)
                        .isBetween(-Z, Z);
            }
        }
    }

    /** Any division of the batch, rows or pieces of a larger batch, gives the masks of the whole. */
    @Test
    void theDivisionOfRowsDoesNotMatter() {
        int width = 200;
        int words = DropoutMask.wordsPerRow(width);
        long[] whole = new long[50 * words];
        DropoutMask.fill(whole, width, 20_000, 18, 4, 5, 0, 0, 50);
        long[] slices = new long[50 * words];
        for (int row = 0; row < 50; row += 16) {
            DropoutMask.fill(slices, width, 20_000, 18, 4, 5, 0, row, Math.min(50, row + 16));
        }
        assertThat(slices).isEqualTo(whole);
        long[] piece = new long[20 * words];
        DropoutMask.fill(piece, width, 20_000, 18, 4, 5, 30, 0, 20);
        assertThat(piece).isEqualTo(java.util.Arrays.copyOfRange(whole, 30 * words, 50 * words));
    }

    @Test
    void nothingIsDroppedAtAThresholdOf0() {
        int words = DropoutMask.wordsPerRow(WIDTH);
        long[] bits = new long[4 * words];
        DropoutMask.fill(bits, WIDTH, DropoutMask.threshold(0.5), 1, 2, 3, 0, 0, 4);
        long[] drawn = bits.clone();
        DropoutMask.fill(bits, WIDTH, 0, 1, 2, 3, 0, 1, 3);
        for (int word = 0; word < bits.length; word++) {
            boolean within = word >= words && word < 3 * words;
            assertThat(bits[word]).as("word %d", word).isEqualTo(within ? -1L : drawn[word]);
        }
        float[] scales = {7, 7, 7, 7};
        DropoutMask.rowScales(scales, 0, 1, 2, 3, 0, 1, 3);
        assertThat(scales).containsExactly(7, 1, 1, 7);
    }
}
