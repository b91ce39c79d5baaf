package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The updates against their formulas in double precision, over several steps. */
class OptimizerUpdateTest {

    private static final int STEPS = 20;
    private static final int LENGTH = 128;
    private static final float RATE = 0.05f;

    private static final float SCALE = 1f / 32;

    /** A kernel with its state, and the move that its formula makes of a gradient, in double precision. */
    private abstract static class Optimizer {
        final float[] first = new float[LENGTH];
        final float[] second = new float[LENGTH];
        final double[] firstExact = new double[LENGTH];
        final double[] secondExact = new double[LENGTH];

        abstract void update(float[] w, float[] g, int from, int to, Factors factors, int step);

        abstract double move(int i, double gradient, int step);
    }

    private record Factors(float decay, float l2, float l1) {}

    private static final class Adam extends Optimizer {
        @Override
        void update(float[] w, float[] g, int from, int to, Factors f, int step) {
            AdamUpdate.apply(
                    w, g, first, second, from, to, SCALE, RATE, 0.9f, 0.999f, 1e-8f, f.decay(), f.l2(), f.l1(), step);
        }

        @Override
        double move(int i, double gradient, int step) {
            firstExact[i] = 0.9f * firstExact[i] + (1 - (double) 0.9f) * gradient;
            secondExact[i] = 0.999f * secondExact[i] + (1 - (double) 0.999f) * gradient * gradient;
            double mean = firstExact[i] / (1 - Math.pow(0.9f, step));
            double square = secondExact[i] / (1 - Math.pow(0.999f, step));
            return RATE * mean / (Math.sqrt(square) + 1e-8f);
        }
    }

    private static final class RmsProp extends Optimizer {
        private final float momentum;

        RmsProp(float momentum) {
            this.momentum = momentum;
        }

        @Override
        void update(float[] w, float[] g, int from, int to, Factors f, int step) {
            if (momentum > 0) {
                RmsPropUpdate.apply(
                        w, g, second, first, from, to, SCALE, RATE, 0.95f, 1e-3f, momentum, f.decay(), f.l2(), f.l1());
            } else {
                RmsPropUpdate.withoutMomentum(
                        w, g, second, from, to, SCALE, RATE, 0.95f, 1e-3f, f.decay(), f.l2(), f.l1());
            }
        }

        @Override
        double move(int i, double gradient, int step) {
            secondExact[i] = 0.95f * secondExact[i] + (1 - (double) 0.95f) * gradient * gradient;
            double divided = gradient / (Math.sqrt(secondExact[i]) + 1e-3f);
            if (momentum == 0) {
                return RATE * divided;
            }
            firstExact[i] = momentum * firstExact[i] + divided;
            return RATE * firstExact[i];
        }
    }

    private static final class Sgd extends Optimizer {
        private final float momentum;
        private final boolean nesterov;

        Sgd(float momentum, boolean nesterov) {
            this.momentum = momentum;
            this.nesterov = nesterov;
        }

        @Override
        void update(float[] w, float[] g, int from, int to, Factors f, int step) {
            if (momentum > 0) {
                SgdUpdate.apply(w, g, first, from, to, SCALE, RATE, momentum, nesterov, f.decay(), f.l2(), f.l1());
            } else {
                SgdUpdate.withoutMomentum(w, g, from, to, SCALE, RATE, f.decay(), f.l2(), f.l1());
            }
        }

        @Override
        double move(int i, double gradient, int step) {
            if (momentum == 0) {
                return RATE * gradient;
            }
            firstExact[i] = momentum * firstExact[i] + gradient;
            return RATE * (nesterov ? gradient + momentum * firstExact[i] : firstExact[i]);
        }
    }

    private static Stream<Arguments> combinations() {
        List<Arguments> all = new ArrayList<>();
        for (float decay : new float[] {0, 0.5f}) {
            for (float l2 : new float[] {0, 0.1f}) {
                for (float l1 : new float[] {0, 0.3f}) {
                    Factors factors = new Factors(decay, l2, l1);
                    all.add(Arguments.of("Adam", new Adam(), factors));
                    all.add(Arguments.of("RMSprop", new RmsProp(0), factors));
                    all.add(Arguments.of("RMSprop with momentum", new RmsProp(0.8f), factors));
                    all.add(Arguments.of("descent", new Sgd(0, false), factors));
                    all.add(Arguments.of("momentum", new Sgd(0.9f, false), factors));
                    all.add(Arguments.of("Nesterov's momentum", new Sgd(0.9f, true), factors));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("combinations")
    void followsItsFormula(String name, Optimizer optimizer, Factors factors) {
        Random random = Randomized.random(name);
        int from = random.nextInt(6);
        int to = from + 16 * (1 + random.nextInt(7));
        float[] w = Randomized.values(random, LENGTH);
        float[] original = w.clone();
        double[] exact = widened(w);
        int zeros = 0;
        for (int step = 1; step <= STEPS; step++) {
            float[] g = Randomized.values(random, LENGTH);
            optimizer.update(w, g, from, to, factors, step);
            for (int i = from; i < to; i++) {
                double move = optimizer.move(i, (double) g[i] * SCALE + (double) factors.l2() * exact[i], step);
                double moved = exact[i] * (1 - (double) RATE * factors.decay()) - move;
                exact[i] = Math.signum(moved) * Math.max(Math.abs(moved) - (double) RATE * factors.l1(), 0);
                // Where the exact value is 0, or not, by less than the roundings, the other may be either.
                zeros += w[i] == 0 ? 1 : 0;
                if (exact[i] == 0 && Math.abs(moved) < (double) RATE * factors.l1() - 1e-4) {
                    assertThat(w[i]).isZero();
                }
            }
        }
        for (int i = from; i < to; i++) {
            // A rounding of w or of the move each step, and Adam's and RMSprop's quotients amplify those of the
            // gradient.
            assertThat((double) w[i]).isCloseTo(exact[i], within(STEPS * 0x1p-22 * (1 + Math.abs(original[i]))));
            assertThat((double) optimizer.first[i]).isCloseTo(optimizer.firstExact[i], within(1e-4));
            assertThat((double) optimizer.second[i])
                    .isCloseTo(optimizer.secondExact[i], within(1e-5 + 1e-4 * optimizer.secondExact[i]));
        }
        assertThat(zeros > 0).as("zeros with and without L1").isEqualTo(factors.l1() > 0);
        untouchedOutside(w, original, from, to);
    }

    /** PyTorch's torch.optim.AdamW(lr=0.1, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.1): one step from w = 1, g = 0.5. */
    @Test
    void firstStepOfAdamMovesByTheLearningRate() {
        float[] w = filled(1f);
        AdamUpdate.apply(
                w, filled(0.5f), new float[16], new float[16], 0, 16, 1f, 0.1f, 0.9f, 0.999f, 1e-8f, 0.1f, 0f, 0f, 1);
        assertThat(w[0]).isCloseTo(0.89f, within(1e-6f));
    }

    @Test
    void adamWithoutAGradientOnlyDecays() {
        float[] w = filled(2f);
        AdamUpdate.apply(
                w, new float[16], new float[16], new float[16], 0, 16, 1f, 0.1f, 0.9f, 0.999f, 1e-8f, 0.5f, 0f, 0f, 1);
        assertThat(w[0]).isCloseTo(1.9f, within(1e-6f));
    }

    /** What no gradient feeds any more must end at 0, not among the subnormal numbers, where 0.9 times the smallest is itself. */
    @Test
    void whatIsLeftOfOldGradientsEndsAtZero() {
        float[] w = new float[16];
        float[] m = filled(1f);
        float[] v = filled(1e-30f);
        float[] velocity = filled(-1f);
        float[] squares = filled(1e-30f);
        float[] speed = filled(-1f);
        float[] none = new float[16];
        for (int step = 1; step <= 30_000; step++) {
            AdamUpdate.apply(w, none, m, v, 0, 16, 1f, 1e-3f, 0.9f, 0.999f, 1e-8f, 0f, 0f, 0f, step);
            SgdUpdate.apply(w, none, velocity, 0, 16, 1f, 1e-3f, 0.9f, false, 0f, 0f, 0f);
            RmsPropUpdate.apply(w, none, squares, speed, 0, 16, 1f, 1e-3f, 0.99f, 1e-8f, 0.9f, 0f, 0f, 0f);
            for (float[] state : new float[][] {m, v, velocity, squares, speed}) {
                assertThat(state[0] == 0 || Math.abs(state[0]) >= Float.MIN_NORMAL)
                        .isTrue();
            }
        }
        assertThat(m).containsOnly(0f);
        assertThat(v).containsOnly(0f);
        assertThat(velocity).containsOnly(0f);
        assertThat(squares).containsOnly(0f);
        assertThat(speed).containsOnly(0f);
    }

    @Test
    void aGradientWhoseSquareIsSubnormalLeavesNoTrace() {
        float[] m = new float[16];
        float[] v = new float[16];
        AdamUpdate.apply(new float[16], filled(1e-20f), m, v, 0, 16, 1f, 1e-3f, 0.9f, 0.999f, 1e-8f, 0f, 0f, 0f, 1);
        assertThat(m).containsOnly(0f);
        assertThat(v).containsOnly(0f);
    }

    /** torch.optim.RMSprop(lr=0.01, alpha=0.99, eps=1e-8): the first step divides by √(0.01·g²) = 0.1·|g|. */
    @Test
    void firstStepOfRmsPropMovesByTenTimesTheLearningRate() {
        float[] w = filled(1f);
        RmsPropUpdate.withoutMomentum(w, filled(0.5f), new float[16], 0, 16, 1f, 0.01f, 0.99f, 1e-8f, 0f, 0f, 0f);
        assertThat(w[0]).isCloseTo(0.9f, within(1e-6f));
    }

    /** The soft threshold's own cases: on it, within it, beyond it on either side, and what is no number. */
    @Test
    void lassoReachesExactZeros() {
        float[] w = Arrays.copyOf(new float[] {-0f, 0.25f, -0.25f, 0.2f, -0.2f, 1f, -1f, Float.NaN}, 16);
        SgdUpdate.withoutMomentum(w, new float[w.length], 0, w.length, 1f, 0.5f, 0f, 0f, 0.5f);
        assertThat(Arrays.copyOf(w, 9)).containsExactly(0f, 0f, 0f, 0f, 0f, 0.75f, -0.75f, Float.NaN, 0f);
    }

    @Test
    void rangesAreWholeVectors() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SgdUpdate.withoutMomentum(new float[32], new float[32], 3, 20, 1f, 1f, 0f, 0f, 0f))
                .withMessage("Values 3 to 20 are 17 values, not a multiple of 16");
    }

    /** Of plain gradient descent L2 is weight decay: w − lr·(g + λw) = w·(1 − lr·λ) − lr·g. */
    @Test
    void coupledAndDecoupledDecayAreTheSameForPlainDescentAlone() {
        Random random = Randomized.random("coupled");
        float[] g = Randomized.values(random, LENGTH);
        float[] coupled = Randomized.values(random, LENGTH);
        float[] decoupled = coupled.clone();
        SgdUpdate.withoutMomentum(coupled, g, 0, LENGTH, 1f, RATE, 0f, 0.5f, 0f);
        SgdUpdate.withoutMomentum(decoupled, g, 0, LENGTH, 1f, RATE, 0.5f, 0f, 0f);
        for (int i = 0; i < LENGTH; i++) {
            assertThat(coupled[i]).isCloseTo(decoupled[i], within(0x1p-22f * (1 + Math.abs(coupled[i]))));
        }
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
