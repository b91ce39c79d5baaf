package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SoftmaxTest {

    @Test
    void exponentialsAreAccurate() {
        int count = 1 << 20;
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = -87.3f * i / (count - 1);
        }
        float[] y = new float[count];
        Exponentials.row(x, 0, count, 0f, y, 0);
        double worst = 0;
        for (int i = 0; i < count; i++) {
            double exact = Math.exp(x[i]);
            worst = Math.max(worst, Math.abs(y[i] - exact) / Math.ulp((float) exact));
        }
        assertThat(worst).isLessThan(1.1);
        assertThat(y[0]).isEqualTo(1f);
    }

    @Test
    void exponentialsOfExtremes() {
        float[] x = {0f, -0f, -87.4f, -1000f, -Float.MAX_VALUE, Float.NEGATIVE_INFINITY, Float.NaN, -1e-30f};
        for (int repeat : new int[] {1, 7}) {
            float[] many = new float[x.length * repeat];
            for (int i = 0; i < many.length; i++) {
                many[i] = x[i % x.length];
            }
            float[] y = new float[many.length];
            Exponentials.row(many, 0, many.length, 0f, y, 0);
            for (int i = 0; i < many.length; i += x.length) {
                assertThat(java.util.Arrays.copyOfRange(y, i, i + x.length))
                        .containsExactly(1f, 1f, 0f, 0f, 0f, 0f, Float.NaN, 1f);
            }
        }
    }

    @Test
    void theSumOfExponentialsKeepsItsPrecision() {
        Random random = Randomized.random("theSumOfExponentialsKeepsItsPrecision");
        float[] x = Randomized.values(random, 200_000);
        float maximum = Exponentials.maximum(x, 0, x.length);
        double expected = 0;
        for (float value : x) {
            expected += Math.exp((double) value - maximum);
        }
        double sum = Exponentials.row(x, 0, x.length, maximum, new float[x.length], 0);
        assertThat(sum).isCloseTo(expected, within(1e-6 * expected));
    }

    @Test
    void agreesWithDoublePrecision() {
        Random random = Randomized.random("agreesWithDoublePrecision");
        for (int trial = 0; trial < 40; trial++) {
            int rows = 1 + random.nextInt(10);
            int width = 1 + random.nextInt(100);
            float spread = trial % 4 == 0 ? 100f : 3f;
            float[] x = Randomized.matrix(random, 2, width + 1, rows, width);
            float[] y = Randomized.poisoned(3 + rows * (width + 2));
            for (int i = 0; i < x.length; i++) {
                x[i] *= spread;
            }
            Softmax.rows(x, 2, width + 1, width, rows, y, 1, width + 2);
            for (int row = 0; row < rows; row++) {
                double[] expected = probabilities(x, 2 + row * (width + 1), width);
                for (int j = 0; j < width; j++) {
                    assertThat((double) y[1 + row * (width + 2) + j])
                            .isCloseTo(expected[j], within(tolerance(expected[j])));
                }
                assertThat(y[row * (width + 2)]).isNaN();
            }
        }
    }

    @Test
    void mayWorkInPlace() {
        float[] x = Randomized.values(Randomized.random("mayWorkInPlace"), 5 * 37);
        float[] y = new float[x.length];
        Softmax.rows(x, 0, 37, 37, 5, y, 0, 37);
        Softmax.rows(x, 0, 37, 37, 5, x, 0, 37);
        assertThat(x).isEqualTo(y);
    }

    @Test
    void gradientAgreesWithDoublePrecision() {
        Random random = Randomized.random("gradientAgreesWithDoublePrecision");
        for (int trial = 0; trial < 40; trial++) {
            int rows = 1 + random.nextInt(10);
            int width = 1 + random.nextInt(100);
            float[] x = Randomized.values(random, rows * width);
            Softmax.rows(x, 0, width, width, rows, x, 0, width);
            float[] g = Randomized.matrix(random, 2, width + 1, rows, width);
            float[] before = g.clone();
            Softmax.gradient(x, 0, width, width, rows, g, 2, width + 1);
            for (int row = 0; row < rows; row++) {
                double sum = 0;
                double magnitude = 0;
                for (int j = 0; j < width; j++) {
                    double term = (double) before[2 + row * (width + 1) + j] * x[row * width + j];
                    sum += term;
                    magnitude += Math.abs(term);
                }
                for (int j = 0; j < width; j++) {
                    float gradient = before[2 + row * (width + 1) + j];
                    double expected = x[row * width + j] * (gradient - sum);
                    assertThat((double) g[2 + row * (width + 1) + j])
                            .isCloseTo(expected, within(2e-6 * (magnitude + Math.abs(gradient)) * x[row * width + j]));
                }
            }
        }
    }

    /**
     * What float32 leaves of a probability: some units of its own rounding, and that of the logit's distance from the largest
     * one, which is about the probability's logarithm.
     */
    static double tolerance(double p) {
        return p * 0x1p-24 * (16 + Math.abs(Math.log(p + Double.MIN_NORMAL))) + 2e-38;
    }

    static double[] probabilities(float[] x, int offset, int width) {
        double maximum = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < width; j++) {
            maximum = Math.max(maximum, x[offset + j]);
        }
        double sum = 0;
        double[] p = new double[width];
        for (int j = 0; j < width; j++) {
            p[j] = Math.exp(x[offset + j] - maximum);
            sum += p[j];
        }
        for (int j = 0; j < width; j++) {
            p[j] /= sum;
        }
        return p;
    }
}
