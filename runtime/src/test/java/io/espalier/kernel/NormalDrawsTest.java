package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.espalier.random.Philox;
import io.espalier.random.Purpose;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The statistics are taken over fixed seeds, so every run sees the same values. Their bounds were set for a false alarm rate
 * of one in a million each.
 */
class NormalDrawsTest {

    /** |z| that a normal variable exceeds once in a million draws. */
    private static final double Z = 4.8916;

    private static final int WIDTH = 512;
    private static final int ROWS = 8192;
    private static final int ELEMENTS = WIDTH * ROWS;

    /** How far a value may be from what its words stand for, by the radius. */
    private static final double ERROR = 2.3e-7;

    private static float[] draw(long seed, int stream, int step) {
        float[] draws = new float[ELEMENTS];
        NormalDraws.fill(draws, WIDTH, 0f, 1f, seed, stream, step, 0, 0, ROWS);
        return draws;
    }

    /** The pair that two words stand for. */
    private static double[] pair(int first, int second) {
        double uniform = ((first & 0x7FFFFFFF) + 0.5) * 0x1p-31;
        double radius = Math.sqrt(-2 * Math.log(uniform)) * (first < 0 ? -1 : 1);
        double angle = (double) (second << 1) * 0x1p-31 * Math.PI / 4;
        double x = radius * Math.cos(angle);
        double y = radius * Math.sin(angle);
        return second < 0 ? new double[] {y, x} : new double[] {x, y};
    }

    @Test
    void valuesFollowTheDefinition() {
        Random random = Randomized.random("valuesFollowTheDefinition");
        for (int trial = 0; trial < 60; trial++) {
            int width = 1 + random.nextInt(300);
            int stride = NormalDraws.stride(width);
            assertThat(stride).isGreaterThanOrEqualTo(width).isLessThan(width + 32);
            assertThat(stride % 32).isZero();
            int rows = 1 + random.nextInt(12);
            int from = random.nextInt(rows);
            int to = from + random.nextInt(rows - from + 1);
            int firstRow = random.nextInt(100_000);
            long seed = random.nextLong();
            int stream = random.nextInt();
            int step = random.nextInt();
            float mean = random.nextFloat();
            float deviation = 3 * random.nextFloat();
            float[] draws = Randomized.poisoned(rows * stride);
            NormalDraws.fill(draws, stride, mean, deviation, seed, stream, step, firstRow, from, to);
            int[] block = new int[4];
            for (int row = 0; row < rows; row++) {
                for (int j = 0; j < stride; j++) {
                    float value = draws[row * stride + j];
                    if (row < from || row >= to) {
                        assertThat(value).isNaN();
                        continue;
                    }
                    int counter = (firstRow + row) * ((stride + 63) / 64) * 16 + j / 64 * 16 + j % 16;
                    Philox.block(counter, step, stream, Purpose.NORMAL, (int) seed, (int) (seed >>> 32), block);
                    int word = j / 16 % 4;
                    double expected = pair(block[word & 2], block[word | 1])[word & 1];
                    assertThat((double) value).isCloseTo(mean + deviation * expected, within(4e-6));
                }
            }
        }
    }

    /** Pairs of words at the ends of their ranges and between, as the values that they become. */
    private static double largestError(int[] firsts, int[] seconds) {
        double largest = 0;
        float[] draws = new float[32];
        for (int first : firsts) {
            for (int k = 0; k < seconds.length; k += 16) {
                for (int i = 0; i < 16; i++) {
                    draws[i] = Float.intBitsToFloat(first);
                    draws[16 + i] = Float.intBitsToFloat(seconds[k + i]);
                }
                NormalDraws.radii(draws, 0, 32);
                NormalDraws.values(draws, 0, 32, 0f, 1f);
                for (int i = 0; i < 16; i++) {
                    double[] expected = pair(first, seconds[k + i]);
                    double radius = Math.hypot(expected[0], expected[1]);
                    largest = Math.max(largest, Math.abs(draws[i] - expected[0]) / radius);
                    largest = Math.max(largest, Math.abs(draws[16 + i] - expected[1]) / radius);
                }
            }
        }
        return largest;
    }

    @Test
    void isAccurateFarOutAndNearTheMiddle() {
        Random random = Randomized.random("isAccurateFarOutAndNearTheMiddle");
        int[] firsts = new int[40000];
        for (int i = 0; i < 10_000; i++) {
            firsts[i] = i;
            firsts[10_000 + i] = Integer.MAX_VALUE - i;
            firsts[20_000 + i] = random.nextInt() >>> random.nextInt(32);
            firsts[30_000 + i] = random.nextInt();
        }
        int[] seconds = new int[320];
        for (int i = 0; i < 160; i++) {
            seconds[i] = (i << 25) + random.nextInt(3) - 1;
            seconds[160 + i] = random.nextInt();
        }
        assertThat(largestError(firsts, seconds)).isLessThanOrEqualTo(ERROR);
        float[] furthest = new float[32];
        NormalDraws.radii(furthest, 0, 32);
        NormalDraws.values(furthest, 0, 32, 0f, 1f);
        assertThat((double) furthest[0]).isCloseTo(Math.sqrt(64 * Math.log(2)), within(1e-6));
    }

    @Test
    void hasTheMomentsOfTheNormalDistribution() {
        float[] draws = draw(0x243f6a8885a308d3L, 3, 5);
        double mean = 0;
        double square = 0;
        double cube = 0;
        double fourth = 0;
        for (double x : draws) {
            mean += x;
            square += x * x;
            cube += x * x * x;
            fourth += x * x * x * x;
        }
        double n = ELEMENTS;
        // Variances of the estimates: 1/n, 2/n, 15/n and 96/n are those of x, x², x³ and x⁴ over n.
        assertThat(mean / n).isCloseTo(0, within(Z * Math.sqrt(1 / n)));
        assertThat(square / n).isCloseTo(1, within(Z * Math.sqrt(2 / n)));
        assertThat(cube / n).isCloseTo(0, within(Z * Math.sqrt(15 / n)));
        assertThat(fourth / n).as("kurtosis").isCloseTo(3, within(Z * Math.sqrt(96 / n)));
    }

    /** The two-sided tails of the normal distribution beyond 0.5, 1, 2, 3, 4 and 5. */
    @Test
    void tailsHaveTheirProbabilities() {
        double[] bounds = {0.5, 1, 2, 3, 4, 5};
        double[] probabilities = {0.6170751, 0.3173105, 0.04550026, 0.002699796, 6.334248e-5, 5.733031e-7};
        long[] beyond = new long[bounds.length];
        int repeats = 4;
        for (int step = 0; step < repeats; step++) {
            for (float x : draw(77, 0, step)) {
                for (int i = 0; i < bounds.length && Math.abs(x) > bounds[i]; i++) {
                    beyond[i]++;
                }
            }
        }
        double n = (double) repeats * ELEMENTS;
        for (int i = 0; i < bounds.length; i++) {
            double expected = n * probabilities[i];
            // A Poisson variable of mean 9.6, the last one, exceeds 9.6 + 5.6·√9.6 once in a million times.
            double allowed = (i < 5 ? Z : 5.6) * Math.sqrt(expected * (1 - probabilities[i]));
            assertThat((double) beyond[i]).as("beyond %s", bounds[i]).isCloseTo(expected, within(allowed));
        }
    }

    /** The correlation of two sequences, in standard deviations of what independent ones have; also of their squares. */
    private static void assertIndependent(String what, float[] a, int fromA, float[] b, int count) {
        double products = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double x = a[fromA + i];
            double y = b[i];
            products += x * y;
            squares += (x * x - 1) * (y * y - 1);
        }
        assertThat(Math.abs(products) / Math.sqrt(count)).as(what).isLessThanOrEqualTo(Z);
        assertThat(Math.abs(squares) / Math.sqrt(4.0 * count))
                .as(what + ", squares")
                .isLessThanOrEqualTo(Z);
    }

    @Test
    void neighboursStreamsStepsAndSeedsAreIndependent() {
        float[] draws = draw(42, 1, 7);
        for (int distance : new int[] {1, 2, 15, 16, 17, 32, 48, 64, WIDTH}) {
            assertIndependent("distance " + distance, draws, distance, draws, ELEMENTS - distance);
        }
        assertIndependent("streams", draw(42, 2, 7), 0, draws, ELEMENTS);
        assertIndependent("steps", draw(42, 1, 8), 0, draws, ELEMENTS);
        assertIndependent("seeds", draw(43, 1, 7), 0, draws, ELEMENTS);
        assertIndependent("upper halves of seeds", draw(42 ^ 1L << 50, 1, 7), 0, draws, ELEMENTS);
    }

    @Test
    void theDivisionOfRowsDoesNotMatter() {
        Random random = Randomized.random("theDivisionOfRowsDoesNotMatter");
        for (int width : new int[] {1, 32, 33, 64, 90, 200}) {
            int stride = NormalDraws.stride(width);
            float[] whole = new float[20 * stride];
            NormalDraws.fill(whole, stride, 1f, 0.5f, 9, 2, 3, 100, 0, 20);
            float[] shares = new float[20 * stride];
            int cut = 1 + random.nextInt(19);
            NormalDraws.fill(shares, stride, 1f, 0.5f, 9, 2, 3, 100, cut, 20);
            NormalDraws.fill(shares, stride, 1f, 0.5f, 9, 2, 3, 100, 0, cut);
            assertThat(shares).isEqualTo(whole);
            float[] later = new float[10 * stride];
            NormalDraws.fill(later, stride, 1f, 0.5f, 9, 2, 3, 110, 0, 10);
            assertThat(later).isEqualTo(java.util.Arrays.copyOfRange(whole, 10 * stride, 20 * stride));
        }
    }

    @Test
    void allAreTheMeanAtADeviationOf0() {
        int stride = NormalDraws.stride(40);
        for (float mean : new float[] {0, 1}) {
            float[] draws = new float[3 * stride];
            NormalDraws.fill(draws, stride, mean, 0.5f, 1, 2, 3, 0, 0, 3);
            float[] drawn = draws.clone();
            NormalDraws.fill(draws, stride, mean, 0, 1, 2, 3, 0, 1, 2);
            for (int i = 0; i < draws.length; i++) {
                assertThat(draws[i]).as("value %d", i).isEqualTo(i / stride == 1 ? mean : drawn[i]);
            }
        }
    }
}
