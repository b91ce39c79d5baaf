package io.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Means and variances of rows, for layer normalization: Ba, Kiros and Hinton (2016); and their mean squares, for root mean
 * square normalization: Zhang and Sennrich (2019).
 */
public final class RowStatistics {

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();

    private RowStatistics() {}

    /**
     * Per row its mean and 1/√(biased variance + epsilon). Two passes, the second of which also corrects the mean, so that
     * rows with a large mean keep their variance.
     *
     * @param x rows × width, row-major
     * @param offset where row 0 starts
     * @param stride distance between rows
     * @param width elements of a row, at least 1
     * @param rows number of rows
     * @param epsilon is added to the variance
     * @param mean receives the mean of row r at {@code meanAt + r}
     * @param meanAt index of row 0 in it
     * @param inverseDeviation receives the inverse deviation of row r at {@code inverseAt + r}
     * @param inverseAt index of row 0 in it
     */
    public static void rows(
            float[] x,
            int offset,
            int stride,
            int width,
            int rows,
            float epsilon,
            float[] mean,
            int meanAt,
            float[] inverseDeviation,
            int inverseAt) {
        for (int row = 0; row < rows; row++) {
            int start = offset + row * stride;
            float rough = sum(x, start, width) / width;
            moments(x, start, width, rough, epsilon, mean, meanAt + row, inverseDeviation, inverseAt + row);
        }
    }

    /** The sum of a row: two chains of vectors, so that an addition need not wait for the one before it. */
    private static float sum(float[] x, int start, int width) {
        FloatVector even = FloatVector.zero(FLOATS);
        FloatVector odd = FloatVector.zero(FLOATS);
        int j = 0;
        for (; j + 2 * LANES <= width; j += 2 * LANES) {
            even = FloatVector.fromArray(FLOATS, x, start + j).add(even);
            odd = FloatVector.fromArray(FLOATS, x, start + j + LANES).add(odd);
        }
        for (; j < width; j += LANES) {
            even = FloatVector.fromArray(FLOATS, x, start + j, FLOATS.indexInRange(j, width))
                    .add(even);
        }
        // As Lanes.sum, written out.
        FloatVector lanes = even.add(odd);
        lanes = lanes.add(lanes.rearrange(Lanes.BY_HALF));
        lanes = LANES > 4 ? lanes.add(lanes.rearrange(Lanes.BY_QUARTER)) : lanes;
        lanes = LANES > 8 ? lanes.add(lanes.rearrange(Lanes.BY_TWO)) : lanes;
        return lanes.add(lanes.rearrange(Lanes.BY_ONE)).lane(0);
    }

    private static void moments(
            float[] x,
            int start,
            int width,
            float rough,
            float epsilon,
            float[] mean,
            int meanAt,
            float[] inverseDeviation,
            int inverseAt) {
        FloatVector sumEven = FloatVector.zero(FLOATS);
        FloatVector sumOdd = FloatVector.zero(FLOATS);
        FloatVector squaresEven = FloatVector.zero(FLOATS);
        FloatVector squaresOdd = FloatVector.zero(FLOATS);
        int j = 0;
        for (; j + 2 * LANES <= width; j += 2 * LANES) {
            FloatVector even = FloatVector.fromArray(FLOATS, x, start + j).sub(rough);
            FloatVector odd =
                    FloatVector.fromArray(FLOATS, x, start + j + LANES).sub(rough);
            sumEven = even.add(sumEven);
            sumOdd = odd.add(sumOdd);
            squaresEven = even.fma(even, squaresEven);
            squaresOdd = odd.fma(odd, squaresOdd);
        }
        for (; j < width; j += LANES) {
            VectorMask<Float> used = FLOATS.indexInRange(j, width);
            FloatVector rest = FloatVector.zero(FLOATS)
                    .blend(FloatVector.fromArray(FLOATS, x, start + j, used).sub(rough), used);
            sumEven = rest.add(sumEven);
            squaresEven = rest.fma(rest, squaresEven);
        }
        // As Lanes.sum, written out.
        FloatVector sums = sumEven.add(sumOdd);
        sums = sums.add(sums.rearrange(Lanes.BY_HALF));
        sums = LANES > 4 ? sums.add(sums.rearrange(Lanes.BY_QUARTER)) : sums;
        sums = LANES > 8 ? sums.add(sums.rearrange(Lanes.BY_TWO)) : sums;
        FloatVector squareSums = squaresEven.add(squaresOdd);
        squareSums = squareSums.add(squareSums.rearrange(Lanes.BY_HALF));
        squareSums = LANES > 4 ? squareSums.add(squareSums.rearrange(Lanes.BY_QUARTER)) : squareSums;
        squareSums = LANES > 8 ? squareSums.add(squareSums.rearrange(Lanes.BY_TWO)) : squareSums;
        // What rounding left of the mean: it is added, and its share of the squares taken out.
        float correction = sums.add(sums.rearrange(Lanes.BY_ONE)).lane(0) / width;
        float squares = squareSums.add(squareSums.rearrange(Lanes.BY_ONE)).lane(0) / width;
        float variance = Math.max(0f, squares - correction * correction);
        mean[meanAt] = rough + correction;
        inverseDeviation[inverseAt] = (float) (1.0 / Math.sqrt((double) variance + epsilon));
    }

    /**
     * Per row 1/√(mean square + epsilon).
     *
     * @param x rows × width, row-major
     * @param offset where row 0 starts
     * @param stride distance between rows
     * @param width elements of a row, at least 1
     * @param rows number of rows
     * @param epsilon is added to the mean square
     * @param inverseRms receives the result of row r at {@code at + r}
     * @param at index of row 0 in it
     */
    public static void inverseRms(
            float[] x, int offset, int stride, int width, int rows, float epsilon, float[] inverseRms, int at) {
        for (int row = 0; row < rows; row++) {
            int start = offset + row * stride;
            double meanSquare = product(x, start, x, start, width) / width;
            inverseRms[at + row] = (float) (1.0 / Math.sqrt(meanSquare + epsilon));
        }
    }

    /** The sum of the products of two rows, in two chains. */
    private static double product(float[] x, int xStart, float[] y, int yStart, int width) {
        FloatVector even = FloatVector.zero(FLOATS);
        FloatVector odd = FloatVector.zero(FLOATS);
        int j = 0;
        for (; j + 2 * LANES <= width; j += 2 * LANES) {
            even = FloatVector.fromArray(FLOATS, x, xStart + j).fma(FloatVector.fromArray(FLOATS, y, yStart + j), even);
            odd = FloatVector.fromArray(FLOATS, x, xStart + j + LANES)
                    .fma(FloatVector.fromArray(FLOATS, y, yStart + j + LANES), odd);
        }
        for (; j < width; j += LANES) {
            VectorMask<Float> used = FLOATS.indexInRange(j, width);
            even = FloatVector.fromArray(FLOATS, x, xStart + j, used)
                    .fma(FloatVector.fromArray(FLOATS, y, yStart + j, used), even);
        }
        // As Lanes.sum, written out.
        FloatVector lanes = even.add(odd);
        lanes = lanes.add(lanes.rearrange(Lanes.BY_HALF));
        lanes = LANES > 4 ? lanes.add(lanes.rearrange(Lanes.BY_QUARTER)) : lanes;
        lanes = LANES > 8 ? lanes.add(lanes.rearrange(Lanes.BY_TWO)) : lanes;
        return lanes.add(lanes.rearrange(Lanes.BY_ONE)).lane(0);
    }

    /**
     * Per row the mean that the backward pass of a root mean square normalization subtracts: of h·x̂ with x̂ = x·inverseRms.
     *
     * @param h gradient with respect to x̂, rows × width, row-major
     * @param hOffset where its row 0 starts
     * @param hStride distance between its rows
     * @param x what was normalized, rows × width, row-major
     * @param xOffset where its row 0 starts
     * @param xStride distance between its rows
     * @param width elements of a row, at least 1
     * @param rows number of rows
     * @param inverseRms inverse root mean square of row r at {@code inverseAt + r}
     * @param inverseAt index of row 0 in it
     * @param meanOfHX receives the mean of h·x̂ of row r at {@code meanAt + r}
     * @param meanAt index of row 0 in it
     */
    public static void gradientProducts(
            float[] h,
            int hOffset,
            int hStride,
            float[] x,
            int xOffset,
            int xStride,
            int width,
            int rows,
            float[] inverseRms,
            int inverseAt,
            float[] meanOfHX,
            int meanAt) {
        for (int row = 0; row < rows; row++) {
            double sum = product(h, hOffset + row * hStride, x, xOffset + row * xStride, width);
            meanOfHX[meanAt + row] = (float) (sum * inverseRms[inverseAt + row] / width);
        }
    }

    /**
     * Per row the two means that the backward pass of a normalization subtracts: of h, and of h·x̂ with
     * x̂ = (x − mean)·inverseDeviation.
     *
     * @param h gradient with respect to x̂, rows × width, row-major
     * @param hOffset where its row 0 starts
     * @param hStride distance between its rows
     * @param x what was normalized, rows × width, row-major
     * @param xOffset where its row 0 starts
     * @param xStride distance between its rows
     * @param width elements of a row, at least 1
     * @param rows number of rows
     * @param mean mean of row r at {@code meanAt + r}
     * @param meanAt index of row 0 in it
     * @param inverseDeviation inverse deviation of row r at {@code inverseAt + r}
     * @param inverseAt index of row 0 in it
     * @param meanOfH receives the mean of h of row r at {@code ofHAt + r}
     * @param ofHAt index of row 0 in it
     * @param meanOfHX receives the mean of h·x̂ of row r at {@code ofHXAt + r}
     * @param ofHXAt index of row 0 in it
     */
    public static void gradientSums(
            float[] h,
            int hOffset,
            int hStride,
            float[] x,
            int xOffset,
            int xStride,
            int width,
            int rows,
            float[] mean,
            int meanAt,
            float[] inverseDeviation,
            int inverseAt,
            float[] meanOfH,
            int ofHAt,
            float[] meanOfHX,
            int ofHXAt) {
        for (int row = 0; row < rows; row++) {
            int hStart = hOffset + row * hStride;
            int xStart = xOffset + row * xStride;
            float center = mean[meanAt + row];
            FloatVector sumEven = FloatVector.zero(FLOATS);
            FloatVector sumOdd = FloatVector.zero(FLOATS);
            FloatVector productEven = FloatVector.zero(FLOATS);
            FloatVector productOdd = FloatVector.zero(FLOATS);
            int j = 0;
            for (; j + 2 * LANES <= width; j += 2 * LANES) {
                FloatVector even = FloatVector.fromArray(FLOATS, h, hStart + j);
                FloatVector odd = FloatVector.fromArray(FLOATS, h, hStart + j + LANES);
                sumEven = even.add(sumEven);
                sumOdd = odd.add(sumOdd);
                productEven =
                        FloatVector.fromArray(FLOATS, x, xStart + j).sub(center).fma(even, productEven);
                productOdd = FloatVector.fromArray(FLOATS, x, xStart + j + LANES)
                        .sub(center)
                        .fma(odd, productOdd);
            }
            for (; j < width; j += LANES) {
                VectorMask<Float> used = FLOATS.indexInRange(j, width);
                FloatVector rest = FloatVector.fromArray(FLOATS, h, hStart + j, used);
                sumEven = rest.add(sumEven);
                productEven = FloatVector.fromArray(FLOATS, x, xStart + j, used)
                        .sub(center)
                        .fma(rest, productEven);
            }
            meanOfH[ofHAt + row] = Lanes.sum(sumEven.add(sumOdd)) / width;
            meanOfHX[ofHXAt + row] = Lanes.sum(productEven.add(productOdd)) * inverseDeviation[inverseAt + row] / width;
        }
    }
}
