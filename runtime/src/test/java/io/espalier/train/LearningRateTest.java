package io.espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRateTest {

    private static double[] factors(LearningRate schedule, int stepsPerEpoch, int epochs) {
        return LongStream.range(0, (long) stepsPerEpoch * epochs)
                .mapToDouble(step -> schedule.factor(step, stepsPerEpoch, epochs))
                .toArray();
    }

    @Test
    void constant() {
        assertThat(factors(LearningRate.constant(), 2, 2)).containsExactly(1, 1, 1, 1);
    }

    @Test
    void stepFallsAtEpochs() {
        assertThat(factors(LearningRate.step(2, 0.5), 2, 5))
                .containsExactly(1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25);
    }

    @Test
    void cosineFallsToJustAboveZero() {
        double half = Math.sqrt(0.5) / 2;
        assertThat(factors(LearningRate.cosine(), 2, 2))
                .containsExactly(new double[] {1, 0.5 + half, 0.5, 0.5 - half}, within(1e-15));
    }

    @Test
    void warmupRisesFromTheFirstStepAndTheCosineTakesTheRest() {
        assertThat(factors(LearningRate.cosine().warmupEpochs(2), 2, 4))
                .containsExactly(
                        new double[] {0.25, 0.5, 0.75, 1, 1, 0.5 + Math.sqrt(0.5) / 2, 0.5, 0.5 - Math.sqrt(0.5) / 2},
                        within(1e-15));
    }

    @Test
    void warmupMultipliesSteps() {
        assertThat(factors(LearningRate.step(1, 0.5).warmupEpochs(1.5), 2, 3))
                .containsExactly(new double[] {1.0 / 3, 2.0 / 3, 0.5, 0.5, 0.25, 0.25}, within(1e-15));
    }

    @Test
    void aTrainingShorterThanItsWarmupOnlyRises() {
        assertThat(factors(LearningRate.cosine().warmupEpochs(2), 2, 1)).containsExactly(0.25, 0.5);
        assertThat(factors(LearningRate.cosine().warmupEpochs(2), 2, 2)).containsExactly(0.25, 0.5, 0.75, 1);
    }

    @Test
    void aScheduleOfOnesOwnSeesItsProgress() {
        assertThat(factors(LearningRate.ofProgress(progress -> 1 - progress).warmupEpochs(1), 2, 3))
                .containsExactly(0.5, 1, 1, 0.75, 0.5, 0.25);
        LearningRate negative = LearningRate.ofProgress(progress -> 0.5 - progress);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> negative.factor(3, 2, 2))
                .withMessageContaining("-0.25 at progress 0.75");
    }

    @Test
    void schedulesAreImmutable() {
        LearningRate cosine = LearningRate.cosine();
        assertThat(cosine.warmupEpochs(1)).isNotSameAs(cosine);
        assertThat(cosine.factor(0, 2, 2)).isEqualTo(1);
    }

    @Test
    void longTrainingsDoNotOverflow() {
        long last = 2_000_000_000L * 1_000 - 1;
        assertThat(LearningRate.cosine().factor(last, 2_000_000_000, 1_000)).isBetween(0.0, 1e-15);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void badWarmupsAreRefused(double epochs) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LearningRate.constant().warmupEpochs(epochs))
                .withMessage("A warm-up takes 0 or more epochs, but it is " + epochs);
    }

    @Test
    void badNumbersAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> LearningRate.step(0, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> LearningRate.step(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> LearningRate.step(1, 1.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LearningRate.constant().factor(4, 2, 2))
                .withMessage("Step 4 is not one of 2 epochs of 2 steps, which are 0 to 3");
    }
}
