package io.espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

    /** After which of these costs training ends, counted from 1; 0 if after none. */
    private static int end(EarlyStopping rule, double... costs) {
        EarlyStopping.Watch watch = rule.watch();
        for (int i = 0; i < costs.length; i++) {
            watch.take(costs[i]);
            if (watch.exhausted()) {
                return i + 1;
            }
        }
        return 0;
    }

    @Test
    void epochsAreComparedWithTheBestAndNotWithTheOneBefore() {
        // Each of the last three is better than the one before it, none is better than the second.
        assertThat(end(EarlyStopping.patience(3), 5, 1, 4, 3, 2)).isEqualTo(5);
        assertThat(end(EarlyStopping.patience(4), 5, 1, 4, 3, 2)).isZero();
    }

    @Test
    void anImprovementStartsTheCountAgain() {
        assertThat(end(EarlyStopping.patience(2), 5, 6, 4, 5, 3, 3, 3)).isEqualTo(7);
    }

    @Test
    void smallImprovementsDoNotCountButAddUp() {
        EarlyStopping rule = EarlyStopping.patience(2).minDelta(0.5);
        assertThat(end(rule, 5, 4.9, 4.8)).isEqualTo(3);
        assertThat(end(rule, 5, 4.7, 4.4, 4.1, 3.8)).isZero();
    }

    @Test
    void watchesStartAfresh() {
        EarlyStopping rule = EarlyStopping.patience(1);
        assertThat(end(rule, 1, 2)).isEqualTo(2);
        assertThat(end(rule, 5, 4)).isZero();
    }

    @Test
    void saysWhatItWatches() {
        assertThat(EarlyStopping.patience(5).on(Metric.ACCURACY).minDelta(0.01))
                .hasToString("early stopping on validation accuracy, patience 5, minDelta 0.01");
    }

    @Test
    void badNumbersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EarlyStopping.patience(0))
                .withMessage("The patience is 1 or more epochs, but it is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EarlyStopping.patience(1).minDelta(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EarlyStopping.patience(1).minDelta(Double.NaN));
    }
}
