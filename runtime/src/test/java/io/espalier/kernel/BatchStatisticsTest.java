package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchStatisticsTest {

    private static final float EPSILON = 1e-5f;
    private static final float MOMENTUM = 0.1f;

    /** A batch with its statistics taken slice by slice. */
    private static final class Batch {
        final int rows;
        final int width;
        final int stride;
        final float[] x;
        final float[] mean;
        final float[] inverseDeviation;
        final float[] running;

        Batch(Random random, int rows, int width, float center) {
            this.rows = rows;
            this.width = width;
            this.stride = width + random.nextInt(4);
            this.x = Randomized.matrix(random, 2, stride, rows, width);
            for (int i = 0; i < x.length; i++) {
                x[i] += center;
            }
            this.mean = Randomized.poisoned(width + 2);
            this.inverseDeviation = Randomized.poisoned(width + 2);
            this.running = new float[2 * width + 3];
            java.util.Arrays.fill(running, width + 2, 2 * width + 2, 1f);
        }

        void compute() {
            int slices = Slices.count(rows, 1);
            float[] partials = Randomized.poisoned(slices * 2 * width);
            for (int slice = slices - 1; slice >= 0; slice--) {
                int first = slice * Slices.ROWS;
                int count = Math.min(Slices.ROWS, rows - first);
                BatchStatistics.slice(x, 2 + first * stride, stride, width, count, partials, slice * 2 * width);
            }
            BatchStatistics.combine(
                    partials,
                    slices,
                    Slices.ROWS,
                    rows,
                    width,
                    EPSILON,
                    MOMENTUM,
                    mean,
                    inverseDeviation,
                    1,
                    running,
                    1,
                    width + 2);
        }

        double mean(int column) {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += x[2 + row * stride + column];
            }
            return sum / rows;
        }

        double squares(int column) {
            double center = mean(column);
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                double deviation = x[2 + row * stride + column] - center;
                sum += deviation * deviation;
            }
            return sum;
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, -3f, 1000f, 10_000f})
    void agreesWithDoublePrecision(float center) {
        Random random = Randomized.random("agreesWithDoublePrecision");
        for (int trial = 0; trial < 30; trial++) {
            int rows = trial < 20 ? 2 + random.nextInt(70) : 2 + random.nextInt(1500);
            Batch batch = new Batch(random, rows, 1 + random.nextInt(70), center);
            batch.compute();
            for (int j = 0; j < batch.width; j++) {
                String column = "column " + j + " of " + batch.rows + " × " + batch.width;
                double mean = batch.mean(j);
                double squares = batch.squares(j);
                double meanTolerance = 4 * 0x1p-24 * (Math.abs(mean) + 1);
                assertThat((double) batch.mean[1 + j]).as(column).isCloseTo(mean, within(meanTolerance));
                double inverse = 1 / Math.sqrt(squares / batch.rows + EPSILON);
                // The means of slices are rounded at the size of the center; that is what the merged variance can lose.
                double relative = 2e-6 + 2 * 0x1p-24 * Math.abs(center) * inverse;
                assertThat((double) batch.inverseDeviation[1 + j])
                        .as(column)
                        .isCloseTo(inverse, within(relative * inverse));
                assertThat((double) batch.running[1 + j]).as(column).isCloseTo(0.1 * mean, within(meanTolerance));
                double unbiased = squares / (batch.rows - 1);
                assertThat((double) batch.running[batch.width + 2 + j])
                        .as(column)
                        .isCloseTo(0.9 + 0.1 * unbiased, within(3 * relative * (1 + unbiased)));
            }
            assertThat(batch.mean[0]).isNaN();
            assertThat(batch.mean[batch.width + 1]).isNaN();
            assertThat(batch.running[0]).isZero();
            assertThat(batch.running[batch.width + 1]).isZero();
        }
    }

    @Test
    void aConstantColumnHasNoVariance() {
        Batch batch = new Batch(new Random(1), 37, 5, 0);
        java.util.Arrays.fill(batch.x, 123.456f);
        batch.compute();
        for (int j = 0; j < 5; j++) {
            assertThat(batch.mean[1 + j]).isEqualTo(123.456f);
            assertThat((double) batch.inverseDeviation[1 + j]).isCloseTo(1 / Math.sqrt(1e-5), within(1e-4));
        }
    }

    @Test
    void aSingleExampleIsRefused() {
        float[] one = new float[8];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchStatistics.combine(one, 1, 1, 1, 2, EPSILON, MOMENTUM, one, one, 0, one, 0, 2))
                .withMessageContaining("needs at least 2 examples")
                .withMessageContaining("the batch has 1")
                .withMessageContaining("larger batch size");
    }
}
