package io.espalier.samples.verification;

import java.util.Arrays;

/** The formulas of the operations, one example or one batch at a time, in plain double precision. */
final class ReferenceMath {
    private ReferenceMath() {}

    static double[] dense(double[] x, double[] weight, double[] bias) {
        double[] y = bias.clone();
        for (int o = 0; o < y.length; o++) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += weight[o * x.length + i] * x[i];
            }
            y[o] += sum;
        }
        return y;
    }

    /** x·Φ(x). */
    static double gelu(double x) {
        return 0.5 * x * (1 + erf(x / Math.sqrt(2)));
    }

    /** The error function by the series whose terms all have the sign of x, so that nothing cancels. */
    private static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** Klambauer et al. (2017), with the constants that their appendix derives. */
    static double selu(double x) {
        return 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x));
    }

    static double[] softmax(double[] x) {
        double maximum = Arrays.stream(x).max().orElseThrow();
        double[] y = Arrays.stream(x).map(v -> Math.exp(v - maximum)).toArray();
        double sum = Arrays.stream(y).sum();
        return Arrays.stream(y).map(v -> v / sum).toArray();
    }

    static double[] layerNorm(double[] x, double[] scale, double[] shift, double epsilon) {
        double mean = Arrays.stream(x).average().orElseThrow();
        double variance =
                Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = (x[i] - mean) / Math.sqrt(variance + epsilon) * scale[i] + shift[i];
        }
        return y;
    }

    static double[] rmsNorm(double[] x, double[] scale, double epsilon) {
        double meanSquare = Arrays.stream(x).map(v -> v * v).average().orElseThrow();
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = x[i] / Math.sqrt(meanSquare + epsilon) * scale[i];
        }
        return y;
    }

    /** factor·x + offset. */
    static double[][] linear(double[][] x, double factor, double offset) {
        return Arrays.stream(x)
                .map(row -> Arrays.stream(row).map(v -> factor * v + offset).toArray())
                .toArray(double[][]::new);
    }

    /** Normalizes columns with given statistics. */
    static double[][] normalize(
            double[][] x, double[] mean, double[] variance, double[] scale, double[] shift, double epsilon) {
        double[][] y = new double[x.length][mean.length];
        for (int row = 0; row < x.length; row++) {
            for (int i = 0; i < mean.length; i++) {
                y[row][i] = (x[row][i] - mean[i]) / Math.sqrt(variance[i] + epsilon) * scale[i] + shift[i];
            }
        }
        return y;
    }

    static double[] columnMeans(double[][] x) {
        double[] mean = new double[x[0].length];
        for (double[] row : x) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / x.length;
            }
        }
        return mean;
    }

    /** The biased variance of each column. */
    static double[] columnVariances(double[][] x, double[] mean) {
        double[] variance = new double[mean.length];
        for (double[] row : x) {
            for (int i = 0; i < mean.length; i++) {
                variance[i] += (row[i] - mean[i]) * (row[i] - mean[i]) / x.length;
            }
        }
        return variance;
    }

    /** Mean cross-entropy of logits against distributions, smoothed: q = (1 − ε)·target + ε/K. */
    static double crossEntropy(double[][] logits, double[][] targets, double smoothing) {
        double loss = 0;
        for (int row = 0; row < logits.length; row++) {
            double maximum = Arrays.stream(logits[row]).max().orElseThrow();
            double sum =
                    Arrays.stream(logits[row]).map(v -> Math.exp(v - maximum)).sum();
            int classes = logits[row].length;
            for (int k = 0; k < classes; k++) {
                double q = (1 - smoothing) * targets[row][k] + smoothing / classes;
                loss -= q * (logits[row][k] - maximum - Math.log(sum));
            }
        }
        return loss / logits.length;
    }

    /** Over examples and outputs, as PyTorch's BCEWithLogitsLoss. */
    static double binaryCrossEntropy(double[][] logits, double[][] targets) {
        double loss = 0;
        for (int row = 0; row < logits.length; row++) {
            for (int k = 0; k < logits[row].length; k++) {
                double z = logits[row][k];
                loss += targets[row][k] * Math.log1p(Math.exp(-z)) + (1 - targets[row][k]) * Math.log1p(Math.exp(z));
            }
        }
        return loss / (logits.length * logits[0].length);
    }

    /** Over examples and outputs, as PyTorch's MSELoss. */
    static double meanSquaredError(double[][] y, double[][] targets) {
        double loss = 0;
        for (int row = 0; row < y.length; row++) {
            for (int k = 0; k < y[row].length; k++) {
                loss += (y[row][k] - targets[row][k]) * (y[row][k] - targets[row][k]);
            }
        }
        return loss / (y.length * y[0].length);
    }
}
