package io.espalier.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegressionTest {

    private static Regression of(float[] expected, float[] answers, int outputs) {
        Regression regression = new Regression(outputs);
        for (int at = 0; at < expected.length; at += outputs) {
            regression.add(expected, at, answers, at);
        }
        return regression;
    }

    /** The example of scikit-learn's r2_score, 0.948..., and of mean_absolute_error, 0.5. */
    @Test
    void scoresOfOneOutput() {
        RegressionScores scores =
                of(new float[] {3, -0.5f, 2, 7}, new float[] {2.5f, 0, 2, 8}, 1).scores();
        assertThat(scores.r2(0).orElseThrow()).isCloseTo(1 - 1.5 / 29.1875, within(1e-15));
        assertThat(scores.meanAbsoluteError(0)).isEqualTo(0.5);
        assertThat(scores.rootMeanSquaredError(0)).isCloseTo(Math.sqrt(0.375), within(1e-15));
        assertThat(scores)
                .hasToString("4 examples, R² 0.9486, mean absolute error 0.5000, root mean squared error 0.6124");
    }

    /** The example of scikit-learn's r2_score for several outputs; the averages are its uniform_average. */
    @Test
    void averagesAreOverTheOutputs() {
        RegressionScores scores = of(new float[] {0.5f, 1, -1, 1, 7, -6}, new float[] {0, 2, -1, 2, 8, -5}, 2)
                .scores();
        assertThat(scores.outputs()).isEqualTo(2);
        assertThat(scores.r2(0).orElseThrow()).isCloseTo(0.965_438, within(1e-6));
        assertThat(scores.r2(1).orElseThrow()).isCloseTo(0.908_163, within(1e-6));
        assertThat(scores.r2().orElseThrow()).isCloseTo((0.965_438 + 0.908_163) / 2, within(1e-6));
        assertThat(scores.meanAbsoluteError()).isEqualTo(0.75);
        assertThat(scores.rootMeanSquaredError()).isCloseTo((Math.sqrt(1.25 / 3) + 1) / 2, within(1e-15));
    }

    @Test
    void constantTargetsHaveNoR2() {
        Regression regression = of(new float[] {0.1f, 1, 0.1f, 3, 0.1f, 5}, new float[] {0, 1, 0, 3, 0, 5}, 2);
        regression.merge(of(new float[] {0.1f, 2}, new float[] {0, 2}, 2));
        RegressionScores scores = regression.scores();
        assertThat(scores.r2(0)).isEmpty();
        assertThat(scores.r2()).as("of the other output alone").hasValue(1);
        RegressionScores single = of(new float[] {4}, new float[] {5}, 1).scores();
        assertThat(single.r2()).isEmpty();
        assertThat(single)
                .asString()
                .contains("R² undefined (targets constant)")
                .contains("error 1.000");
    }

    /** Targets of spread 1 about 10,000,000, merged from uneven parts, against sums in exact decimals. */
    @Test
    void farFromZeroTheSpreadIsStillRight() {
        long seed = System.nanoTime();
        System.out.println("RegressionTest.farFromZeroTheSpreadIsStillRight seed " + seed);
        Random random = new Random(seed);
        int examples = 5000;
        float[] expected = new float[examples];
        float[] answers = new float[examples];
        Regression[] parts = {new Regression(1), new Regression(1), new Regression(1)};
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < examples; i++) {
            expected[i] = 1e7f + random.nextInt(4);
            answers[i] = expected[i] + random.nextInt(3) - 1;
            parts[Math.min(2, random.nextInt(9))].add(expected, i, answers, i);
            sum = sum.add(new BigDecimal(expected[i]));
        }
        BigDecimal mean = sum.divide(new BigDecimal(examples), MathContext.DECIMAL128);
        double spread = 0;
        double squared = 0;
        double absolute = 0;
        for (int i = 0; i < examples; i++) {
            double distance = new BigDecimal(expected[i]).subtract(mean).doubleValue();
            spread += distance * distance;
            squared += Math.pow((double) answers[i] - expected[i], 2);
            absolute += Math.abs((double) answers[i] - expected[i]);
        }
        Regression all = new Regression(1);
        for (Regression part : parts) {
            all.merge(part);
        }
        assertThat(all.scores().examples()).isEqualTo(examples);
        assertThat(all.scores().r2().orElseThrow()).isCloseTo(1 - squared / spread, within(1e-9));
        assertThat(all.scores().meanAbsoluteError()).isEqualTo(absolute / examples);
        assertThat(all.scores().rootMeanSquaredError()).isEqualTo(Math.sqrt(squared / examples));
    }

    @Test
    void scoresAreASnapshot() {
        Regression regression = of(new float[] {1, 2}, new float[] {1, 3}, 1);
        RegressionScores scores = regression.scores();
        regression.clear();
        assertThatIllegalStateException().isThrownBy(regression::scores);
        regression.merge(new Regression(1));
        assertThatIllegalStateException().isThrownBy(regression::scores);
        assertThat(scores.meanAbsoluteError()).isEqualTo(0.5);
        regression.add(new float[] {1}, 0, new float[] {1}, 0);
        assertThat(regression.scores().meanAbsoluteError()).isZero();
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Regression(0));
        Regression regression = new Regression(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> regression.add(new float[] {1, Float.NaN}, 0, new float[2], 0))
                .withMessage("The target of output 1 is NaN, which is not a finite number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> regression.add(new float[2], 0, new float[] {Float.POSITIVE_INFINITY, 0}, 0))
                .withMessageContaining("answer of output 0 is Infinity");
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> regression.add(new float[3], 2, new float[2], 0));
        assertThatIllegalArgumentException().isThrownBy(() -> regression.merge(new Regression(1)));
        assertThatIllegalStateException().as("none of them counts").isThrownBy(regression::scores);
    }
}
