package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowStatisticsTest {

    private static final float EPSILON = 1e-5f;

    @ParameterizedTest
    @ValueSource(floats = {0f, 3f, -1000f, 10_000f})
    void agreesWithDoublePrecision(float center) {
        Random random = Randomized.random("agreesWithDoublePrecision");
        for (int trial = 0; trial < 40; trial++) {
            int rows = 1 + random.nextInt(20);
            int width = trial < 30 ? 2 + random.nextInt(70) : 2 + random.nextInt(3000);
            int stride = width + random.nextInt(4);
            float[] x = Randomized.matrix(random, 3, stride, rows, width);
            for (int i = 0; i < x.length; i++) {
                x[i] += center;
            }
            float[] mean = Randomized.poisoned(rows + 2);
            float[] inverseDeviation = Randomized.poisoned(rows + 2);
            RowStatistics.rows(x, 3, stride, width, rows, EPSILON, mean, 1, inverseDeviation, 2);
            for (int row = 0; row < rows; row++) {
                double sum = 0;
                for (int j = 0; j < width; j++) {
                    sum += x[3 + row * stride + j];
                }
                double expected = sum / width;
                double squares = 0;
                for (int j = 0; j < width; j++) {
                    double deviation = x[3 + row * stride + j] - expected;
                    squares += deviation * deviation;
                }
                double inverse = 1 / Math.sqrt(squares / width + EPSILON);
                String which = "row " + row + " of width " + width;
                assertThat((double) mean[1 + row])
                        .as(which)
                        .isCloseTo(expected, within(2 * 0x1p-24 * (Math.abs(expected) + 1)));
                assertThat((double) inverseDeviation[2 + row]).as(which).isCloseTo(inverse, within(2e-6 * inverse));
            }
            assertThat(mean[0]).isNaN();
            assertThat(mean[rows + 1]).isNaN();
        }
    }

    @Test
    void aConstantRowHasNoVariance() {
        float[] x = new float[37];
        java.util.Arrays.fill(x, 123.456f);
        float[] mean = new float[1];
        float[] inverseDeviation = new float[1];
        RowStatistics.rows(x, 0, 37, 37, 1, EPSILON, mean, 0, inverseDeviation, 0);
        assertThat(mean[0]).isEqualTo(123.456f);
        assertThat((double) inverseDeviation[0]).isCloseTo(1 / Math.sqrt(1e-5), within(1e-4));
    }

    @Test
    void theDivisionOfRowsDoesNotMatter() {
        Random random = Randomized.random("theDivisionOfRowsDoesNotMatter");
        int width = 1 + random.nextInt(200);
        float[] x = Randomized.values(random, 20 * width);
        float[] mean = new float[20];
        float[] inverseDeviation = new float[20];
        RowStatistics.rows(x, 0, width, width, 20, EPSILON, mean, 0, inverseDeviation, 0);
        for (int row = 0; row < 20; row++) {
            float[] one = new float[2];
            float[] inverse = new float[2];
            RowStatistics.rows(x, row * width, width, width, 1, EPSILON, one, 1, inverse, 1);
            assertThat(one[1]).isEqualTo(mean[row]);
            assertThat(inverse[1]).isEqualTo(inverseDeviation[row]);
        }
    }

    @Test
    void gradientSumsAgreeWithDoublePrecision() {
        Random random = Randomized.random("gradientSumsAgreeWithDoublePrecision");
        for (int trial = 0; trial < 40; trial++) {
            int rows = 1 + random.nextInt(20);
            int width = 1 + random.nextInt(trial < 30 ? 70 : 2000);
            int hStride = width + random.nextInt(4);
            int xStride = width + random.nextInt(4);
            float[] h = Randomized.matrix(random, 3, hStride, rows, width);
            float[] x = Randomized.matrix(random, 2, xStride, rows, width);
            float[] mean = Randomized.values(random, rows + 2);
            float[] inverseDeviation = Randomized.values(random, rows + 2);
            float[] meanOfH = Randomized.poisoned(rows + 2);
            float[] meanOfHX = Randomized.poisoned(rows + 2);
            RowStatistics.gradientSums(
                    h, 3, hStride, x, 2, xStride, width, rows, mean, 1, inverseDeviation, 2, meanOfH, 0, meanOfHX, 1);
            for (int row = 0; row < rows; row++) {
                double sum = 0;
                double magnitude = 0;
                double product = 0;
                double productMagnitude = 0;
                for (int j = 0; j < width; j++) {
                    double gradient = h[3 + row * hStride + j];
                    double normalized = (x[2 + row * xStride + j] - mean[1 + row]) * (double) inverseDeviation[2 + row];
                    sum += gradient;
                    magnitude += Math.abs(gradient);
                    product += gradient * normalized;
                    productMagnitude += Math.abs(gradient * normalized);
                }
                assertThat((double) meanOfH[row]).isCloseTo(sum / width, within(1e-6 * magnitude / width));
                assertThat((double) meanOfHX[1 + row])
                        .isCloseTo(product / width, within(2e-6 * productMagnitude / width));
            }
            assertThat(meanOfH[rows + 1]).isNaN();
            assertThat(meanOfHX[0]).isNaN();
        }
    }

    @Test
    void rootMeanSquaresAgreeWithDoublePrecision() {
        Random random = Randomized.random("rootMeanSquaresAgreeWithDoublePrecision");
        for (int trial = 0; trial < 40; trial++) {
            int rows = 1 + random.nextInt(20);
            int width = 1 + random.nextInt(trial < 30 ? 70 : 3000);
            int stride = width + random.nextInt(4);
            float[] x = Randomized.matrix(random, 3, stride, rows, width);
            float[] inverseRms = Randomized.poisoned(rows + 2);
            RowStatistics.inverseRms(x, 3, stride, width, rows, EPSILON, inverseRms, 1);
            for (int row = 0; row < rows; row++) {
                double squares = 0;
                for (int j = 0; j < width; j++) {
                    squares += (double) x[3 + row * stride + j] * x[3 + row * stride + j];
                }
                double expected = 1 / Math.sqrt(squares / width + EPSILON);
                assertThat((double) inverseRms[1 + row])
                        .as("row %d of width %d", row, width)
                        .isCloseTo(expected, within(1e-6 * expected));
            }
            assertThat(inverseRms[0]).isNaN();
            assertThat(inverseRms[rows + 1]).isNaN();
        }
    }

    @Test
    void aRowOfZerosHasTheRootOfEpsilon() {
        float[] inverseRms = new float[1];
        RowStatistics.inverseRms(new float[37], 0, 37, 37, 1, EPSILON, inverseRms, 0);
        assertThat((double) inverseRms[0]).isCloseTo(1 / Math.sqrt(1e-5), within(1e-4));
    }

    @Test
    void gradientProductsAgreeWithDoublePrecision() {
        Random random = Randomized.random("gradientProductsAgreeWithDoublePrecision");
        for (int trial = 0; trial < 40; trial++) {
            int rows = 1 + random.nextInt(20);
            int width = 1 + random.nextInt(trial < 30 ? 70 : 2000);
            int hStride = width + random.nextInt(4);
            int xStride = width + random.nextInt(4);
            float[] h = Randomized.matrix(random, 3, hStride, rows, width);
            float[] x = Randomized.matrix(random, 2, xStride, rows, width);
            float[] inverseRms = Randomized.values(random, rows + 2);
            float[] meanOfHX = Randomized.poisoned(rows + 2);
            RowStatistics.gradientProducts(h, 3, hStride, x, 2, xStride, width, rows, inverseRms, 2, meanOfHX, 1);
            for (int row = 0; row < rows; row++) {
                double product = 0;
                double magnitude = 0;
                for (int j = 0; j < width; j++) {
                    double term = (double) h[3 + row * hStride + j] * x[2 + row * xStride + j] * inverseRms[2 + row];
                    product += term;
                    magnitude += Math.abs(term);
                }
                assertThat((double) meanOfHX[1 + row]).isCloseTo(product / width, within(2e-6 * magnitude / width));
            }
            assertThat(meanOfHX[0]).isNaN();
            assertThat(meanOfHX[rows + 1]).isNaN();
        }
    }
}
