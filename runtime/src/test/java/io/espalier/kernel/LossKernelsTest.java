package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The losses of independent labels and of values, the weighted cross-entropy, and the sigmoid. */
class LossKernelsTest {
    private static final int ROWS = 5;
    private static final float UNTOUCHED = 7.25f;

    /** log(1 + exp(x)) without overflow. */
    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double binary(double z, double t) {
        return (t == 0 ? 0 : t * softplus(-z)) + (t == 1 ? 0 : (1 - t) * softplus(z));
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    /** Rows that do not start at 0 and have something between them. */
    private static float[] outputs(Random random, int outputs, double scale) {
        float[] x = new float[3 + ROWS * (outputs + 2)];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (scale * random.nextGaussian());
        }
        return x;
    }

    private static float[] targets(Random random, int outputs) {
        float[] targets = new float[1 + ROWS * outputs];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = random.nextInt(3) == 0 ? random.nextFloat() : random.nextInt(2);
        }
        return targets;
    }

    private static void check(
            boolean labels,
            int outputs,
            float[] x,
            float[] targets,
            DoubleBinaryOperator loss,
            DoubleBinaryOperator slope) {
        float[] gradient = new float[4 + ROWS * (outputs + 3)];
        Arrays.fill(gradient, UNTOUCHED);
        double[] losses = new double[2 + ROWS];
        if (labels) {
            BinaryCrossEntropy.rows(x, 3, outputs + 2, outputs, ROWS, targets, 1, gradient, 4, outputs + 3, losses, 2);
        } else {
            SquaredError.rows(x, 3, outputs + 2, outputs, ROWS, targets, 1, gradient, 4, outputs + 3, losses, 2);
        }
        for (int row = 0; row < ROWS; row++) {
            double expected = 0;
            for (int j = 0; j < outputs; j++) {
                double z = x[3 + row * (outputs + 2) + j];
                double t = targets[1 + row * outputs + j];
                expected += loss.applyAsDouble(z, t);
                assertThat((double) gradient[4 + row * (outputs + 3) + j])
                        .as("gradient at %s, %s", z, t)
                        .isEqualTo(slope.applyAsDouble(z, t), within(2e-7 * Math.max(1, Math.abs(z - t))));
            }
            assertThat(losses[2 + row]).as("row %d", row).isCloseTo(expected, within(1e-6 * expected + 1e-30));
            for (int j = outputs; j < outputs + 3 && row < ROWS - 1; j++) {
                assertThat(gradient[4 + row * (outputs + 3) + j]).isEqualTo(UNTOUCHED);
            }
        }
    }

    @ParameterizedTest(name = "{0} outputs, logits around {1}")
    @CsvSource({"1, 1", "3, 10", "16, 1", "17, 100", "100, 30", "2100, 3"})
    void lossAndGradientAreThoseOfTheDefinition(int outputs, double scale) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        System.out.println("loss kernels, " + outputs + " outputs: seed " + seed);
        float[] x = outputs(random, outputs, scale);
        float[] targets = targets(random, outputs);
        check(true, outputs, x, targets, LossKernelsTest::binary, (z, t) -> sigmoid(z) - t);
        check(false, outputs, x, targets, (y, t) -> (y - t) * (y - t), (y, t) -> 2 * (y - t));
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -0f, 1e-30f, 1e-3f, 20, -20, 88.5f, -88.5f, 100, -100, 1e4f, -1e4f, 1e30f, -1e30f})
    void noLogitIsTooLarge(float logit) {
        for (float label : new float[] {0, 0.25f, 1}) {
            float[] gradient = new float[1];
            double[] losses = new double[1];
            BinaryCrossEntropy.rows(new float[] {logit}, 0, 1, 1, 1, new float[] {label}, 0, gradient, 0, 1, losses, 0);
            double expected = binary(logit, label);
            // Below the smallest normal float, exponentials are 0.
            assertThat(losses[0])
                    .as("loss of %s at %s", logit, label)
                    .isCloseTo(expected, within(3e-7 * expected + Float.MIN_NORMAL));
            assertThat((double) gradient[0])
                    .as("gradient of %s at %s", logit, label)
                    .isCloseTo(sigmoid(logit) - label, within(1e-7 + 0x1p-64));
        }
    }

    @Test
    void negligibleGradientsAreZero() {
        float[] gradient = new float[2];
        BinaryCrossEntropy.rows(new float[] {-60, -30}, 0, 2, 2, 1, new float[2], 0, gradient, 0, 2, new double[1], 0);
        assertThat(gradient[0]).isZero();
        assertThat((double) gradient[1]).isCloseTo(Math.exp(-30), within(1e-19));
    }

    @Test
    void sigmoidsAreRightFromEndToEnd() {
        float[] x = new float[1003];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 500) * 0.2f;
        }
        x[0] = -1e30f;
        x[1001] = 1e30f;
        float[] y = x.clone();
        Sigmoid.apply(y, 0, 1002, y, 0);
        assertThat(y[1002]).isEqualTo(x[1002]);
        for (int i = 0; i < 1002; i++) {
            double expected = sigmoid(x[i]);
            assertThat((double) y[i]).as("at %s", x[i]).isCloseTo(expected, within(4e-7 * expected + 2e-38));
        }
    }

    /** −Σ w·q·log p. */
    private static double weighted(double[] z, double[] q, float[] w) {
        double maximum = Arrays.stream(z).max().orElseThrow();
        double sum = Arrays.stream(z).map(v -> Math.exp(v - maximum)).sum();
        double loss = 0;
        for (int c = 0; c < z.length; c++) {
            loss -= w[c] * q[c] * (z[c] - maximum - Math.log(sum));
        }
        return loss;
    }

    @ParameterizedTest(name = "{0} classes, smoothing {1}")
    @CsvSource({"2, 0", "3, 0.1", "16, 0.2", "17, 0", "100, 0.1", "2100, 0.3"})
    void weightedLossesAreThoseOfTheDefinition(int classes, float smoothing) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        System.out.println("weighted cross-entropy, " + classes + " classes: seed " + seed);
        float[] weights = new float[classes];
        for (int c = 0; c < classes; c++) {
            weights[c] = random.nextInt(4) == 0 ? 0 : 3 * random.nextFloat();
        }
        float[] x = outputs(random, classes, 4);
        int[] labels = new int[1 + ROWS];
        float[] shares = new float[1 + ROWS * classes];
        for (int row = 0; row < ROWS; row++) {
            labels[1 + row] = random.nextInt(classes);
            for (int draw = 0; draw < 16; draw++) {
                shares[1 + row * classes + random.nextInt(classes)] += 0.0625f;
            }
        }
        for (boolean soft : new boolean[] {false, true}) {
            float[] gradient = new float[4 + ROWS * (classes + 3)];
            Arrays.fill(gradient, UNTOUCHED);
            double[] losses = new double[2 + ROWS];
            if (soft) {
                WeightedCrossEntropy.rows(
                        x,
                        3,
                        classes + 2,
                        classes,
                        ROWS,
                        shares,
                        1,
                        weights,
                        smoothing,
                        gradient,
                        4,
                        classes + 3,
                        losses,
                        2);
            } else {
                WeightedCrossEntropy.rows(
                        x,
                        3,
                        classes + 2,
                        classes,
                        ROWS,
                        labels,
                        1,
                        weights,
                        smoothing,
                        gradient,
                        4,
                        classes + 3,
                        losses,
                        2);
            }
            for (int row = 0; row < ROWS; row++) {
                double[] z = new double[classes];
                double[] q = new double[classes];
                double total = 0;
                for (int c = 0; c < classes; c++) {
                    z[c] = x[3 + row * (classes + 2) + c];
                    double target = soft ? shares[1 + row * classes + c] : labels[1 + row] == c ? 1 : 0;
                    q[c] = (1 - (double) smoothing) * target + (double) smoothing / classes;
                    total += weights[c] * q[c];
                }
                double expected = weighted(z, q, weights);
                assertThat(losses[2 + row]).isCloseTo(expected, within(2e-6 * expected + 1e-6));
                double maximum = Arrays.stream(z).max().orElseThrow();
                double sum = Arrays.stream(z).map(v -> Math.exp(v - maximum)).sum();
                for (int c = 0; c < classes; c++) {
                    assertThat((double) gradient[4 + row * (classes + 3) + c])
                            .isCloseTo(total * Math.exp(z[c] - maximum) / sum - weights[c] * q[c], within(2e-6));
                }
                for (int c = classes; c < classes + 3 && row < ROWS - 1; c++) {
                    assertThat(gradient[4 + row * (classes + 3) + c]).isEqualTo(UNTOUCHED);
                }
            }
        }
    }

    @Test
    void aClassWithoutWeightMayHaveAnInfiniteLogit() {
        float[] gradient = new float[3];
        double[] losses = new double[1];
        float[] logits = {1, Float.NEGATIVE_INFINITY, 2};
        WeightedCrossEntropy.rows(
                logits, 0, 3, 3, 1, new int[] {0}, 0, new float[] {1, 0, 2}, 0.1f, gradient, 0, 3, losses, 0);
        assertThat(losses[0]).isFinite();
        assertThat(gradient[1]).isZero();
    }
}
