package io.espalier.processor.plan;

import io.espalier.processor.ir.Kernel;
import java.util.List;

/** What the kernels of the runtime that programs call compute, in double precision; values at rest are found by operands. */
final class LibraryReference {
    private LibraryReference() {}

    /**
     * Calls a kernel.
     *
     * @param operands what its operands stand for: of values, a row for each position of each example
     */
    static void call(Kernel.LibraryCall call, List<Object> operands) {
        int rows = operands.get(0) instanceof double[][] first ? first.length : 0;
        switch (call.type() + "." + call.method()) {
            case "RowStatistics.rows" -> {
                double[][] x = (double[][]) operands.get(0);
                int width = (Integer) operands.get(1);
                double epsilon = (Double) operands.get(3);
                for (int row = 0; row < rows; row++) {
                    double mean = mean(x[row], width);
                    double squares = 0;
                    for (int i = 0; i < width; i++) {
                        squares += (x[row][i] - mean) * (x[row][i] - mean);
                    }
                    ((double[][]) operands.get(4))[row][0] = mean;
                    ((double[][]) operands.get(5))[row][0] = 1 / Math.sqrt(squares / width + epsilon);
                }
            }
            case "RowStatistics.inverseRms" -> {
                double[][] x = (double[][]) operands.get(0);
                int width = (Integer) operands.get(1);
                for (int row = 0; row < rows; row++) {
                    ((double[][]) operands.get(4))[row][0] =
                            1 / Math.sqrt(product(x[row], x[row], width) / width + (Double) operands.get(3));
                }
            }
            case "RowStatistics.gradientSums" -> {
                double[][] g = (double[][]) operands.get(0);
                double[][] x = (double[][]) operands.get(1);
                int width = (Integer) operands.get(2);
                for (int row = 0; row < rows; row++) {
                    double mean = ((double[][]) operands.get(4))[row][0];
                    double inverse = ((double[][]) operands.get(5))[row][0];
                    double gradient = mean(g[row], width);
                    double product = product(g[row], x[row], width) / width;
                    ((double[][]) operands.get(6))[row][0] = gradient;
                    ((double[][]) operands.get(7))[row][0] = (product - mean * gradient) * inverse;
                }
            }
            case "RowStatistics.gradientProducts" -> {
                double[][] g = (double[][]) operands.get(0);
                double[][] x = (double[][]) operands.get(1);
                int width = (Integer) operands.get(2);
                for (int row = 0; row < rows; row++) {
                    double inverse = ((double[][]) operands.get(4))[row][0];
                    ((double[][]) operands.get(5))[row][0] = product(g[row], x[row], width) / width * inverse;
                }
            }
            case "Softmax.rows" -> {
                double[][] x = (double[][]) operands.get(0);
                int width = (Integer) operands.get(1);
                for (int row = 0; row < rows; row++) {
                    double sum = 0;
                    for (int i = 0; i < width; i++) {
                        sum += Math.exp(x[row][i]);
                    }
                    for (int i = 0; i < width; i++) {
                        ((double[][]) operands.get(3))[row][i] = Math.exp(x[row][i]) / sum;
                    }
                }
            }
            case "Softmax.gradient" -> {
                double[][] y = (double[][]) operands.get(0);
                int width = (Integer) operands.get(1);
                double[][] g = (double[][]) operands.get(3);
                for (int row = 0; row < rows; row++) {
                    double sum = product(y[row], g[row], width);
                    for (int i = 0; i < width; i++) {
                        g[row][i] = y[row][i] * (g[row][i] - sum);
                    }
                }
            }
            case "BatchStatistics.slice" -> {
                double[][] x = (double[][]) operands.get(0);
                int width = (Integer) operands.get(1);
                double[][] partials = (double[][]) operands.get(3);
                int sliceRows = Math.ceilDiv(rows, partials.length);
                for (double[] slice : partials) {
                    java.util.Arrays.fill(slice, 0);
                }
                // Sums and sums of squares: what the kernel keeps instead comes to the same.
                for (int row = 0; row < rows; row++) {
                    for (int i = 0; i < width; i++) {
                        partials[row / sliceRows][i] += x[row][i];
                        partials[row / sliceRows][width + i] += x[row][i] * x[row][i];
                    }
                }
            }
            case "BatchStatistics.combine" -> {
                double[][] partials = (double[][]) operands.get(0);
                int all = (Integer) operands.get(3);
                int width = (Integer) operands.get(4);
                for (int i = 0; i < width; i++) {
                    double mean = column(partials, i) / all;
                    double variance = column(partials, width + i) / all - mean * mean;
                    ((double[][]) operands.get(7))[0][i] = mean;
                    ((double[][]) operands.get(8))[0][i] = 1 / Math.sqrt(variance + (Double) operands.get(5));
                }
            }
            case "BatchNormalization.gradientMeans" -> {
                double[][] sums = (double[][]) operands.get(0);
                int shift = (Integer) operands.get(1) / 2;
                int width = (Integer) operands.get(4);
                int all = (Integer) operands.get(3);
                double[] scale = (double[]) operands.get(6);
                double[][] inverse = (double[][]) operands.get(7);
                for (int i = 0; i < width; i++) {
                    sums[0][i] = column(sums, i);
                    sums[0][shift + i] = column(sums, shift + i);
                    ((double[][]) operands.get(8))[0][i] = sums[0][shift + i] / all;
                    ((double[][]) operands.get(9))[0][i] = sums[0][i] / all;
                    ((double[][]) operands.get(10))[0][i] = scale[i] * inverse[0][i];
                }
            }
            case "BatchNormalization.fold" -> {
                int width = (Integer) operands.get(5);
                for (int i = 0; i < width; i++) {
                    double factor = ((double[]) operands.get(1))[i]
                            / Math.sqrt(((double[]) operands.get(4))[i] + (Double) operands.get(6));
                    ((double[][]) operands.get(7))[0][i] = factor;
                    ((double[][]) operands.get(8))[0][i] =
                            ((double[]) operands.get(2))[i] - ((double[]) operands.get(3))[i] * factor;
                }
            }
            case "Positions.flatten" -> {
                double[][] x = (double[][]) operands.get(0);
                int positions = (Integer) operands.get(1);
                int channels = (Integer) operands.get(2);
                for (int row = 0; row < rows; row++) {
                    double[] to = ((double[][]) operands.get(4))[row / positions];
                    System.arraycopy(x[row], 0, to, row % positions * channels, channels);
                }
            }
            case "Positions.unflatten" -> {
                double[][] x = (double[][]) operands.get(4);
                int positions = (Integer) operands.get(1);
                int channels = (Integer) operands.get(2);
                for (int row = 0; row < x.length; row++) {
                    double[] from = ((double[][]) operands.get(0))[row / positions];
                    System.arraycopy(from, row % positions * channels, x[row], 0, channels);
                }
            }
            default -> throw new AssertionError("no reference for " + call);
        }
    }

    private static double mean(double[] x, int width) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += x[i];
        }
        return sum / width;
    }

    private static double product(double[] x, double[] y, int width) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static double column(double[][] partials, int column) {
        double sum = 0;
        for (double[] slice : partials) {
            sum += slice[column];
        }
        return sum;
    }
}
