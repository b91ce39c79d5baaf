package io.espalier.metric;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How close the values that a network answered came to their targets. Immutable.
 *
 * <p>With targets y, answers ŷ and n examples, for each output: mean absolute error = Σ|ŷ − y| / n, root mean squared error
 * = √(Σ(ŷ − y)² / n), both in the target's unit, and the coefficient of determination R² = 1 − Σ(ŷ − y)² / Σ(y − ȳ)²
 * (Wright, "Correlation and causation", 1921). The scores without an output are plain means over the outputs, as
 * scikit-learn's {@code uniform_average}.
 */
public final class RegressionScores {
    private final long examples;
    private final double[] spreads;
    private final double[] absoluteErrors;
    private final double[] squaredErrors;

    RegressionScores(long examples, double[] spreads, double[] absoluteErrors, double[] squaredErrors) {
        this.examples = examples;
        this.spreads = spreads;
        this.absoluteErrors = absoluteErrors;
        this.squaredErrors = squaredErrors;
    }

    void write(NumberText text) {
        text.put(examples).put(spreads).put(absoluteErrors).put(squaredErrors);
    }

    static RegressionScores read(NumberText text) {
        RegressionScores read = new RegressionScores(text.count(), text.numbers(), text.numbers(), text.numbers());
        int outputs = read.spreads.length;
        if (outputs == 0 || read.absoluteErrors.length != outputs || read.squaredErrors.length != outputs) {
            throw new IllegalArgumentException("the errors of outputs have different lengths");
        }
        return read;
    }

    /**
     * The number of examples.
     *
     * @return at least 1
     */
    public long examples() {
        return examples;
    }

    /**
     * The number of outputs.
     *
     * @return at least 1
     */
    public int outputs() {
        return spreads.length;
    }

    /**
     * The share of the target's variance that the answers explain.
     *
     * @param output from 0
     * @return 1 for answers without error, 0 for those as good as the targets' mean, negative for worse ones; empty if
     *     all targets are equal, because there is then no variance to explain
     */
    public OptionalDouble r2(int output) {
        return spreads[output] > 0
                ? OptionalDouble.of(1 - squaredErrors[output] / spreads[output])
                : OptionalDouble.empty();
    }

    /**
     * The mean R² over the outputs that have one.
     *
     * @return at most 1; empty if no output has one
     */
    public OptionalDouble r2() {
        return outputsWithSpread()
                .mapToDouble(o -> 1 - squaredErrors[o] / spreads[o])
                .average();
    }

    private IntStream outputsWithSpread() {
        return IntStream.range(0, spreads.length).filter(o -> spreads[o] > 0);
    }

    /**
     * The mean size of an error.
     *
     * @param output from 0
     * @return at least 0, in the target's unit
     */
    public double meanAbsoluteError(int output) {
        return absoluteErrors[output] / examples;
    }

    /**
     * The mean size of an error, averaged over the outputs.
     *
     * @return at least 0
     */
    public double meanAbsoluteError() {
        return IntStream.range(0, outputs())
                .mapToDouble(this::meanAbsoluteError)
                .average()
                .orElseThrow();
    }

    /**
     * The root of the mean squared error, in which large errors weigh more.
     *
     * @param output from 0
     * @return at least 0, in the target's unit
     */
    public double rootMeanSquaredError(int output) {
        return Math.sqrt(squaredErrors[output] / examples);
    }

    /**
     * The root mean squared error, averaged over the outputs.
     *
     * @return at least 0
     */
    public double rootMeanSquaredError() {
        return IntStream.range(0, outputs())
                .mapToDouble(this::rootMeanSquaredError)
                .average()
                .orElseThrow();
    }

    /** The number of examples and the averages, in one line. */
    @Override
    public String toString() {
        OptionalDouble r2 = r2();
        return String.format(
                Locale.ROOT,
                "%d examples, R² %s, mean absolute error %.4g, root mean squared error %.4g",
                examples,
                r2.isPresent() ? String.format(Locale.ROOT, "%.4f", r2.getAsDouble()) : "undefined (targets constant)",
                meanAbsoluteError(),
                rootMeanSquaredError());
    }
}
