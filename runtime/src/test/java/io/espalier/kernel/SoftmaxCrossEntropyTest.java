package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftmaxCrossEntropyTest {

    /** The loss of a row by its definition, −Σ q·log p, with log p = x − max − log Σ exp(x − max). */
    private static double loss(float[] x, int offset, double[] q) {
        double maximum = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < q.length; j++) {
            maximum = Math.max(maximum, x[offset + j]);
        }
        double sum = 0;
        for (int j = 0; j < q.length; j++) {
            sum += Math.exp(x[offset + j] - maximum);
        }
        double loss = 0;
        for (int j = 0; j < q.length; j++) {
            if (q[j] != 0) {
                loss -= q[j] * (x[offset + j] - maximum - Math.log(sum));
            }
        }
        return loss;
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "0.1, 3", "0.1, 1000", "0, 1000", "0.3, 100000"})
    void labelsAgreeWithDoublePrecision(float smoothing, float spread) {
        Random random = Randomized.random("labelsAgreeWithDoublePrecision");
        for (int trial = 0; trial < 30; trial++) {
            int rows = 1 + random.nextInt(20);
            int classes = 1 + random.nextInt(trial < 20 ? 70 : 2000);
            int stride = classes + random.nextInt(4);
            float[] logits = Randomized.matrix(random, 2, stride, rows, classes);
            for (int i = 0; i < logits.length; i++) {
                logits[i] *= spread;
            }
            int[] labels = random.ints(rows + 1, 0, classes).toArray();
            float[] gradient = Randomized.poisoned(5 + rows * (classes + 1));
            double[] losses = new double[rows + 2];
            SoftmaxCrossEntropy.rows(
                    logits, 2, stride, classes, rows, labels, 1, smoothing, gradient, 4, classes + 1, losses, 1);
            for (int row = 0; row < rows; row++) {
                double[] q = new double[classes];
                java.util.Arrays.fill(q, (double) smoothing / classes);
                q[labels[1 + row]] += 1.0 - smoothing;
                check(logits, 2 + row * stride, q, gradient, 4 + row * (classes + 1), losses[1 + row]);
            }
            assertThat(losses[0]).isZero();
            assertThat(gradient[3]).isNaN();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "0.1, 3", "0.1, 1000"})
    void distributionsAgreeWithDoublePrecision(float smoothing, float spread) {
        Random random = Randomized.random("distributionsAgreeWithDoublePrecision");
        for (int trial = 0; trial < 30; trial++) {
            int rows = 1 + random.nextInt(20);
            int classes = 1 + random.nextInt(trial < 20 ? 70 : 2000);
            int stride = classes + random.nextInt(4);
            float[] logits = Randomized.matrix(random, 2, stride, rows, classes);
            for (int i = 0; i < logits.length; i++) {
                logits[i] *= spread;
            }
            float[] targets = Randomized.values(random, 1 + rows * classes);
            Softmax.rows(targets, 1, classes, classes, rows, targets, 1, classes);
            float[] gradient = Randomized.poisoned(5 + rows * (classes + 1));
            double[] losses = new double[rows + 2];
            SoftmaxCrossEntropy.rows(
                    logits, 2, stride, classes, rows, targets, 1, smoothing, gradient, 4, classes + 1, losses, 1);
            for (int row = 0; row < rows; row++) {
                double[] q = new double[classes];
                for (int j = 0; j < classes; j++) {
                    q[j] = (1.0 - smoothing) * targets[1 + row * classes + j] + (double) smoothing / classes;
                }
                check(logits, 2 + row * stride, q, gradient, 4 + row * (classes + 1), losses[1 + row]);
            }
        }
    }

    private static void check(float[] logits, int offset, double[] q, float[] gradient, int at, double loss) {
        double expected = loss(logits, offset, q);
        assertThat(loss).isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
        double[] p = SoftmaxTest.probabilities(logits, offset, q.length);
        for (int j = 0; j < q.length; j++) {
            assertThat((double) gradient[at + j])
                    .isCloseTo(p[j] - q[j], within(SoftmaxTest.tolerance(p[j]) + 0x1p-22 * q[j] + 0x1p-64));
        }
    }

    @Test
    void aDistributionOnOneClassIsALabel() {
        Random random = Randomized.random("aDistributionOnOneClassIsALabel");
        float[] logits = Randomized.values(random, 10);
        float[] targets = new float[10];
        targets[3] = 1f;
        float[] byLabel = new float[10];
        float[] byTarget = new float[10];
        double[] losses = new double[2];
        SoftmaxCrossEntropy.rows(logits, 0, 10, 10, 1, new int[] {3}, 0, 0.1f, byLabel, 0, 10, losses, 0);
        SoftmaxCrossEntropy.rows(logits, 0, 10, 10, 1, targets, 0, 0.1f, byTarget, 0, 10, losses, 1);
        assertThat(losses[1]).isCloseTo(losses[0], within(1e-6));
        for (int j = 0; j < 10; j++) {
            assertThat(byTarget[j]).isCloseTo(byLabel[j], within(1e-6f));
        }
    }

    /** A class that is ruled out by a logit of −∞ has probability 0, and does no harm as long as no target falls on it. */
    @Test
    void infiniteLogits() {
        float[] logits = {1f, Float.NEGATIVE_INFINITY, 2f};
        float[] gradient = new float[3];
        double[] losses = new double[1];
        SoftmaxCrossEntropy.rows(logits, 0, 3, 3, 1, new int[] {2}, 0, 0f, gradient, 0, 3, losses, 0);
        assertThat(losses[0]).isCloseTo(Math.log(1 + Math.exp(-1)), within(1e-6));
        assertThat(gradient[1]).isZero();
        SoftmaxCrossEntropy.rows(logits, 0, 3, 3, 1, new float[] {0f, 0f, 1f}, 0, 0f, gradient, 0, 3, losses, 0);
        assertThat(losses[0]).isCloseTo(Math.log(1 + Math.exp(-1)), within(1e-6));
    }

    @Test
    void aLogitThatIsNoNumberMakesTheLossOne() {
        float[] logits = {1f, Float.NaN, 2f};
        double[] losses = new double[1];
        SoftmaxCrossEntropy.rows(logits, 0, 3, 3, 1, new int[] {2}, 0, 0.1f, new float[3], 0, 3, losses, 0);
        assertThat(losses[0]).isNaN();
    }

    /** At the optimum of a smoothed target the gap between the logits is log(K(1−ε)/ε + 1). */
    @Test
    void theGradientVanishesAtTheSmoothedOptimum() {
        float[] logits = new float[10];
        logits[4] = (float) Math.log(10 * 0.9 / 0.1 + 1);
        float[] gradient = new float[10];
        SoftmaxCrossEntropy.rows(logits, 0, 10, 10, 1, new int[] {4}, 0, 0.1f, gradient, 0, 10, new double[1], 0);
        for (float each : gradient) {
            assertThat(each).isCloseTo(0f, within(3e-7f));
        }
    }

    @Test
    void mayWorkInPlace() {
        Random random = Randomized.random("mayWorkInPlace");
        float[] logits = Randomized.values(random, 4 * 37);
        float[] targets = Randomized.values(random, 4 * 37);
        int[] labels = {0, 36, 5, 17};
        double[] losses = new double[8];
        float[] gradient = new float[4 * 37];
        float[] inPlace = logits.clone();
        SoftmaxCrossEntropy.rows(logits, 0, 37, 37, 4, labels, 0, 0.1f, gradient, 0, 37, losses, 0);
        SoftmaxCrossEntropy.rows(inPlace, 0, 37, 37, 4, labels, 0, 0.1f, inPlace, 0, 37, losses, 4);
        assertThat(inPlace).isEqualTo(gradient);
        inPlace = logits.clone();
        SoftmaxCrossEntropy.rows(logits, 0, 37, 37, 4, targets, 0, 0.1f, gradient, 0, 37, losses, 0);
        SoftmaxCrossEntropy.rows(inPlace, 0, 37, 37, 4, targets, 0, 0.1f, inPlace, 0, 37, losses, 4);
        assertThat(inPlace).isEqualTo(gradient);
    }

    @Test
    void aLabelMustBeAClass() {
        float[] x = new float[20];
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SoftmaxCrossEntropy.rows(x, 0, 10, 10, 2, new int[] {1, 10}, 0, 0f, x, 0, 10, new double[2], 0))
                .withMessage("The label of row 1 is 10, but the network has 10 classes: labels run from 0 to 9");
    }

    /** A subnormal gradient would slow down every layer that it goes back through. */
    @Test
    void negligibleGradientsAreZero() {
        float[] logits = {90f, 30f, 50f, 40f};
        float[] gradient = new float[4];
        SoftmaxCrossEntropy.rows(logits, 0, 4, 4, 1, new int[] {0}, 0, 0f, gradient, 0, 4, new double[1], 0);
        assertThat(gradient[1]).isZero();
        assertThat((double) gradient[2]).isCloseTo(Math.exp(-40), within(1e-5 * Math.exp(-40)));
        assertThat(gradient[3]).isZero();

        float[] shares = {1f, 0f, 0f, 1e-30f};
        SoftmaxCrossEntropy.rows(logits, 0, 4, 4, 1, shares, 0, 0f, gradient, 0, 4, new double[1], 0);
        assertThat(gradient[1]).isZero();
        assertThat(gradient[3]).isZero();
    }
}
