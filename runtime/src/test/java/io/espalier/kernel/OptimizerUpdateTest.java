package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The updates against their formulas in double precision, over several steps. */
class OptimizerUpdateTest {

    private static final int STEPS = 20;

    @ParameterizedTest
    @ValueSource(floats = {0f, 0.01f, 0.5f})
    void adam(float decay) {
        Random random = Randomized.random("adam");
        int from = 3;
        int to = from + 1 + random.nextInt(100);
        float rate = 0.01f;
        float beta1 = 0.9f;
        float beta2 = 0.999f;
        float epsilon = 1e-8f;
        float scale = 1f / 32;
        float[] w = Randomized.values(random, to + 3);
        float[] original = w.clone();
        float[] m = new float[w.length];
        float[] v = new float[w.length];
        double[] wExact = widened(w);
        double[] mExact = new double[w.length];
        double[] vExact = new double[w.length];
        for (int step = 1; step <= STEPS; step++) {
            float[] g = Randomized.values(random, w.length);
            AdamUpdate.apply(w, g, m, v, from, to, scale, rate, beta1, beta2, epsilon, decay, step);
            for (int i = from; i < to; i++) {
                double gradient = (double) g[i] * scale;
                wExact[i] *= 1 - (double) rate * decay;
                mExact[i] = beta1 * mExact[i] + (1 - (double) beta1) * gradient;
                vExact[i] = beta2 * vExact[i] + (1 - (double) beta2) * gradient * gradient;
                double mean = mExact[i] / (1 - Math.pow(beta1, step));
                double square = vExact[i] / (1 - Math.pow(beta2, step));
                wExact[i] -= rate * mean / (Math.sqrt(square) + epsilon);
            }
        }
        for (int i = from; i < to; i++) {
            assertThat((double) w[i]).isCloseTo(wExact[i], within(STEPS * 0x1p-23 * (1 + Math.abs(original[i]))));
            assertThat((double) m[i]).isCloseTo(mExact[i], within(1e-7));
            assertThat((double) v[i]).isCloseTo(vExact[i], within(1e-5 * vExact[i]));
        }
        untouchedOutside(w, original, from, to);
    }

    /** PyTorch's torch.optim.AdamW(lr=0.1, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.1): one step from w = 1, g = 0.5. */
    @Test
    void firstStepOfAdamMovesByTheLearningRate() {
        float[] w = filled(1f);
        AdamUpdate.apply(w, filled(0.5f), new float[16], new float[16], 0, 16, 1f, 0.1f, 0.9f, 0.999f, 1e-8f, 0.1f, 1);
        assertThat(w[0]).isCloseTo(0.89f, within(1e-6f));
    }

    @Test
    void adamWithoutAGradientOnlyDecays() {
        float[] w = filled(2f);
        AdamUpdate.apply(w, new float[16], new float[16], new float[16], 0, 16, 1f, 0.1f, 0.9f, 0.999f, 1e-8f, 0.5f, 1);
        assertThat(w[0]).isCloseTo(1.9f, within(1e-6f));
    }

    /** What no gradient feeds any more must end at 0, not among the subnormal numbers, where 0.9 times the smallest is itself. */
    @Test
    void whatIsLeftOfOldGradientsEndsAtZero() {
        float[] w = new float[16];
        float[] m = filled(1f);
        float[] v = filled(1e-30f);
        float[] velocity = filled(-1f);
        float[] none = new float[16];
        for (int step = 1; step <= 30_000; step++) {
            AdamUpdate.apply(w, none, m, v, 0, 16, 1f, 1e-3f, 0.9f, 0.999f, 1e-8f, 0f, step);
            SgdUpdate.apply(w, none, velocity, 0, 16, 1f, 1e-3f, 0.9f, false, 0f);
            for (float[] state : new float[][] {m, v, velocity}) {
                assertThat(state[0] == 0 || Math.abs(state[0]) >= Float.MIN_NORMAL)
                        .isTrue();
            }
        }
        assertThat(m).containsOnly(0f);
        assertThat(v).containsOnly(0f);
        assertThat(velocity).containsOnly(0f);
    }

    @Test
    void aGradientWhoseSquareIsSubnormalLeavesNoTrace() {
        float[] m = new float[16];
        float[] v = new float[16];
        AdamUpdate.apply(new float[16], filled(1e-20f), m, v, 0, 16, 1f, 1e-3f, 0.9f, 0.999f, 1e-8f, 0f, 1);
        assertThat(m).containsOnly(0f);
        assertThat(v).containsOnly(0f);
    }

    @ParameterizedTest
    @CsvSource({"0, false, 0", "0.9, false, 0", "0.9, true, 0", "0.9, true, 0.1", "0, false, 0.1"})
    void stochasticGradientDescent(float momentum, boolean nesterov, float decay) {
        Random random = Randomized.random("stochasticGradientDescent");
        int from = 5;
        int to = from + 1 + random.nextInt(100);
        float rate = 0.05f;
        float scale = 1f / 32;
        float[] w = Randomized.values(random, to + 3);
        float[] original = w.clone();
        float[] velocity = new float[w.length];
        float[] plain = w.clone();
        double[] wExact = widened(w);
        double[] velocityExact = new double[w.length];
        for (int step = 1; step <= STEPS; step++) {
            float[] g = Randomized.values(random, w.length);
            SgdUpdate.apply(w, g, velocity, from, to, scale, rate, momentum, nesterov, decay);
            SgdUpdate.withoutMomentum(plain, g, from, to, scale, rate, decay);
            for (int i = from; i < to; i++) {
                double gradient = (double) g[i] * scale;
                velocityExact[i] = momentum * velocityExact[i] + gradient;
                double move = nesterov ? gradient + momentum * velocityExact[i] : velocityExact[i];
                wExact[i] = wExact[i] * (1 - (double) rate * decay) - rate * move;
            }
        }
        for (int i = from; i < to; i++) {
            double tolerance = STEPS * 0x1p-23 * (1 + Math.abs(original[i]));
            assertThat((double) w[i]).isCloseTo(wExact[i], within(tolerance));
            assertThat((double) velocity[i]).isCloseTo(velocityExact[i], within(1e-6));
            if (momentum == 0) {
                assertThat((double) plain[i]).isCloseTo(wExact[i], within(tolerance));
            }
        }
        untouchedOutside(w, original, from, to);
        untouchedOutside(plain, original, from, to);
    }

    @Test
    void squaredNorm() {
        Random random = Randomized.random("squaredNorm");
        for (int trial = 0; trial < 50; trial++) {
            int from = random.nextInt(5);
            int to = from + random.nextInt(3000);
            float[] g = Randomized.values(random, to + 2);
            double expected = 0;
            for (int i = from; i < to; i++) {
                expected += (double) g[i] * g[i];
            }
            assertThat(SquaredNorm.block(g, from, to)).isCloseTo(expected, within(1e-12 * expected));
        }
        assertThat(SquaredNorm.block(new float[] {1e30f, 1e-30f, 1e30f}, 0, 3)).isCloseTo(2e60, within(1e54));
    }

    private static float[] filled(float value) {
        float[] values = new float[16];
        Arrays.fill(values, value);
        return values;
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static void untouchedOutside(float[] values, float[] original, int from, int to) {
        for (int i = 0; i < values.length; i++) {
            if (i < from || i >= to) {
                assertThat(values[i]).isEqualTo(original[i]);
            }
        }
    }
}
