package io.espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.espalier.data.Batch;
import io.espalier.emitted.PredictionBuilder;
import io.espalier.emitted.Ramp;
import io.espalier.emitted.Rate;
import io.espalier.emitted.StepBuilder;
import io.espalier.emitted.StepState;
import io.espalier.emitted.Strength;
import io.espalier.kernel.DropoutMask;
import io.espalier.kernel.MaskedWeight;
import io.espalier.kernel.NormalDraws;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers that a step goes by: where its rows stand, how far the training has come, how strong noise is. */
class StepNumbersTest {
    private static final int WIDTH = 100;
    private static final int IN = 20;
    private static final int OUT = 40;

    /** Draws a mask and normal values that grow with the training, and a part of a weight that does. */
    private static final class Noise {
        private final StepState state;
        private final Rate rate;
        private final Rate constant;
        private final Strength deviation;
        private final long[] mask;
        private final float[] draws;
        private final int stride = NormalDraws.stride(WIDTH);
        private final MaskedWeight part;

        Noise(StepBuilder step) {
            state = step.state();
            rate = step.rate(0.5, Ramp.PROGRESS);
            constant = step.rate(0.1);
            deviation = step.strength(0.5, Ramp.PROGRESS);
            mask = step.mask(DropoutMask.wordsPerRow(WIDTH));
            draws = step.draws(stride);
            part = step.maskedWeight(0, IN, OUT, rate, 3, true);
            step.outputs(step.rows(16));
            step.outputGradients(step.rows(16));
            step.forwardExamples(
                    (number, from, to, worker) -> {
                        DropoutMask.fill(
                                mask,
                                WIDTH,
                                rate.threshold(),
                                state.seed(),
                                1,
                                state.drawStep(),
                                state.firstRow(),
                                from,
                                to);
                        NormalDraws.fill(
                                draws,
                                stride,
                                1,
                                (float) deviation.value(),
                                state.seed(),
                                2,
                                state.drawStep(),
                                state.firstRow(),
                                from,
                                to);
                    },
                    0);
        }
    }

    private static Batch batch(int rows) {
        return Batch.of(new float[rows], new int[rows], rows);
    }

    private static TrainingStep step(int maxBatch, List<Noise> into) {
        TrainingStep step =
                TestStep.of(TestStep.blueprint(1, 2, IN * 48), maxBatch, 1, built -> into.add(new Noise(built)));
        return step;
    }

    @Test
    void noiseThatGrowsGoesFromNothingToSomethingAndBack() {
        List<Noise> noises = new ArrayList<>();
        try (TrainingStep step = step(30, noises)) {
            Noise noise = noises.getFirst();
            for (double progress : new double[] {0, 0.25, 1, 0, 0.5}) {
                step.progress(progress);
                step.forward(batch(30));
                assertThat(noise.state.progress()).isEqualTo(progress);
                assertThat(noise.rate.probability()).isEqualTo(0.5 * progress);
                assertThat(noise.rate.threshold()).isEqualTo((int) (32_768 * progress));
                assertThat(noise.rate.realized()).isEqualTo(0.5 * progress);
                assertThat(noise.rate.scale()).isEqualTo(65_536f / (65_536 - noise.rate.threshold()));
                assertThat(noise.deviation.value()).isEqualTo(0.5 * progress);
                assertThat(noise.constant.threshold()).isEqualTo(DropoutMask.threshold(0.1));
                assertThat(kept(noise.mask, 30)).isCloseTo(1 - 0.5 * progress, within(progress == 0 ? 0 : 0.05));
                assertThat(deviation(noise.draws)).isCloseTo(0.5 * progress, within(progress == 0 ? 0 : 0.05));
                assertThat(kept(noise.part.weights())).isCloseTo(1 - 0.5 * progress, within(progress == 0 ? 0 : 0.1));
                assertThat(noise.part.weights()).contains(noise.rate.scale());
                assertThat(noise.part.transposed()).contains(noise.rate.scale());
            }
        }
    }

    /** The share of bits that are 1 among those of the elements. */
    private static double kept(long[] mask, int rows) {
        int kept = 0;
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < WIDTH; i++) {
                kept += (int) (mask[row * 2 + i / 64] >>> i & 1);
            }
        }
        return kept / (double) (rows * WIDTH);
    }

    /** The share of a weight of ones, its padding included, that is not 0. */
    private static double kept(float[] weight) {
        int kept = 0;
        for (float value : weight) {
            kept += value == 0 ? 0 : 1;
        }
        return kept / (double) weight.length;
    }

    private static double deviation(float[] draws) {
        double sum = 0;
        for (float draw : draws) {
            sum += (draw - 1.0) * (draw - 1.0);
        }
        return Math.sqrt(sum / draws.length);
    }

    @Test
    void addedBatchesHaveTheProgressOfTheFirst() {
        List<Noise> noises = new ArrayList<>();
        try (TrainingStep step = step(30, noises)) {
            Noise noise = noises.getFirst();
            step.progress(0.5);
            step.forwardBackward(batch(30));
            step.progress(0.75);
            step.accumulate(batch(20));
            assertThat(noise.state.progress()).isEqualTo(0.5);
            assertThat(noise.state.firstRow()).isEqualTo(30);
            assertThat(noise.state.batchRows()).isEqualTo(20);
            assertThat(noise.state.drawStep()).isZero();
            step.update(0.1f);
            step.forwardBackward(batch(30));
            assertThat(noise.state.progress()).isEqualTo(0.75);
            assertThat(noise.state.firstRow()).isZero();
            assertThat(noise.state.drawStep()).isEqualTo(1);
        }
    }

    @Test
    void aStepIsAtFullStrengthUnlessItIsToldOfProgress() {
        List<Noise> noises = new ArrayList<>();
        try (TrainingStep step = step(1, noises)) {
            step.forward(batch(1));
            assertThat(noises.getFirst().rate.threshold()).isEqualTo(32_768);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, 1.000001, Double.NaN})
    void progressIsFrom0To1(double progress) {
        try (TrainingStep step = step(1, new ArrayList<>())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> step.progress(progress))
                    .withMessageContaining(String.valueOf(progress));
        }
    }

    /** A row of 2^20 words leaves room for 2^9 rows. */
    @Test
    void moreRowsThanThereAreRandomNumbersForAreRefused() {
        int words = 1 << 20;
        int rows = 1 << 9;
        List<StepState> states = new ArrayList<>();
        try (TrainingStep step = TestStep.of(TestStep.blueprint(1, 2, 0), 1, 1, built -> {
            built.mask(3);
            built.mask(words);
            built.outputs(built.rows(16));
            built.outputGradients(built.rows(16));
            states.add(built.state());
        })) {
            step.forwardBackward(batch(1));
            for (int row = 1; row < rows; row++) {
                step.accumulate(batch(1));
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> step.accumulate(batch(1)))
                    .withMessageContaining("batch of 513 rows, 512 before these 1")
                    .withMessageContaining("536870912 words")
                    .withMessageContaining("takes 1048576, which is enough for 512 rows");
            assertThat(states.getFirst().firstRow()).as("as before").isEqualTo(rows - 1);
            step.update(0.1f);
            step.forwardBackward(batch(1));
        }
    }

    /** 64 normal values take as many random numbers as two words of a mask. */
    @Test
    void normalValuesAreCountedLikewise() {
        PredictionBuilder built = new PredictionBuilder(new float[0], 1, 7);
        built.draws(1 << 20);
        int most = 1 << 14;
        built.state().begin(0, most - 1, 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> built.state().begin(0, most, 1, 1))
                .withMessageContaining("takes 32768, which is enough for 16384 rows");
        PredictionBuilder withoutNoise = new PredictionBuilder(new float[0], 1, 7);
        withoutNoise.state().begin(0, Integer.MAX_VALUE - 1, 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withoutNoise.state().begin(0, Integer.MAX_VALUE, 1, 1))
                .withMessageContaining("2147483647 rows");
    }

    @Test
    void branchesHaveTheirRatesByTheirNumbers() {
        PredictionBuilder built = new PredictionBuilder(new float[0], 1, 7);
        Rate[] linear = {
            built.branchRate(0.4, true, 0, 3), built.branchRate(0.4, true, 1, 3), built.branchRate(0.4, true, 2, 3)
        };
        Rate only = built.branchRate(0.4, true, 0, 1);
        Rate constant = built.branchRate(0.4, false, 0, 3);
        built.state().begin(0, 0, 1, 1);
        assertThat(Arrays.stream(linear).mapToDouble(Rate::probability).toArray())
                .containsExactly(0, 0.2, 0.4);
        assertThat(only.threshold()).isZero();
        assertThat(constant.probability()).isEqualTo(0.4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> built.branchRate(0.4, true, 3, 3))
                .withMessageContaining("3 residual branches");
        assertThatIllegalArgumentException().isThrownBy(() -> built.rate(1));
    }
}
