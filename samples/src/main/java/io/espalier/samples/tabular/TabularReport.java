package io.espalier.samples.tabular;

import io.espalier.data.CsvTable;
import io.espalier.data.Dataset;
import io.espalier.data.TabularEncoding;
import io.espalier.metric.ClassificationScores;
import io.espalier.metric.RegressionScores;
import io.espalier.samples.cli.Contender;
import io.espalier.samples.cli.Measure;
import io.espalier.samples.cli.Parts;
import io.espalier.samples.cli.ResultLine;
import io.espalier.train.Evaluation;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;

/** What is told of a table and of the networks that have learnt from it: errors of values in the unit of their column. */
final class TabularReport {
    private static final int BATCH = 256;

    /** NaN where all values are the same, and there is nothing to explain. */
    private static final Measure R2 =
            new Measure("r2", false, evaluation -> evaluation.valueScores().r2().orElse(Double.NaN));

    private final TabularEncoding encoding;
    private final String target;
    private final Sizes sizes;

    /**
     * Reports about a table.
     *
     * @param encoding of its columns
     * @param target the column that is predicted
     * @param sizes of the networks
     */
    TabularReport(TabularEncoding encoding, String target, Sizes sizes) {
        this.encoding = encoding;
        this.target = target;
        this.sizes = sizes;
    }

    /** What the tables tell besides the loss, which for values is the squared error over their variance. */
    Measure measure() {
        return encoding.isClassification() ? Measure.ACCURACY : R2;
    }

    /**
     * How the rows are used, and how the columns.
     *
     * @param rows divided
     */
    String rows(Rows rows) {
        return format(
                "%,d rows to train on, %,d to choose the best epoch by, %,d to test.%n%s",
                rows.training().rows(), rows.validation().rows(), rows.test().rows(), columns());
    }

    /**
     * Likewise.
     *
     * @param table all of it to test
     */
    String rows(CsvTable table) {
        return format("%,d rows to test, of another file than was trained on.%n%s", table.rows(), columns());
    }

    private String columns() {
        String predicted = encoding.isClassification()
                ? encoding.labels().size() + " classes of '" + target + "': " + String.join(", ", encoding.labels())
                : "the value of '" + target + "'";
        return format(
                "%d features, in a network for %d, predict %s.%n", encoding.inputSize(), sizes.inputs(), predicted);
    }

    /** The beginning of the last line. */
    ResultLine started() {
        ResultLine line = new ResultLine()
                .add("task", encoding.isClassification() ? "classification" : "regression")
                .add("features", encoding.inputSize())
                .add("inputs", sizes.inputs());
        return encoding.isClassification()
                ? line.add("classes", encoding.labels().size())
                : line;
    }

    /**
     * How good a network is on the rows to test, beyond the table of all.
     *
     * @param contender the network
     * @param parts has rows to test
     * @param threads how many to use
     * @param line gets the numbers
     */
    String tested(Contender contender, Parts parts, int threads, ResultLine line) {
        String key = contender.name() + "_test_";
        if (!encoding.isClassification()) {
            RegressionScores scores = contender.on("test").valueScores();
            double absolute = scores.meanAbsoluteError() * encoding.targetDeviation();
            line.add(key + "mae", number(absolute));
            return format(
                    "%s, on the rows to test: mean absolute error %s, root mean squared error %s",
                    contender.name(),
                    number(absolute),
                    number(scores.rootMeanSquaredError() * encoding.targetDeviation()));
        }
        Evaluation tested = Evaluation.withRanking(contender.network(), test(parts), BATCH, threads);
        OptionalDouble area = tested.ranking().macroArea();
        line.add(key + "balanced_accuracy", tested.balancedAccuracy(), 4);
        area.ifPresent(value -> line.add(key + "auc", value, 4));
        return format(
                "%s, on the rows to test: balanced accuracy %.2f %%, area under the ROC curve %s",
                contender.name(),
                100 * tested.balancedAccuracy(),
                area.isPresent() ? format("%.4f", area.getAsDouble()) : "not defined");
    }

    /**
     * What answers without a look at the features come to.
     *
     * @param parts the rows
     * @param line gets the numbers
     */
    String baseline(Parts parts, ResultLine line) {
        if (!encoding.isClassification()) {
            RegressionScores scores = Baseline.mean(test(parts));
            String absolute = number(scores.meanAbsoluteError() * encoding.targetDeviation());
            line.add("baseline_test_r2", scores.r2().orElse(Double.NaN), 4).add("baseline_test_mae", absolute);
            return format("always the mean of the rows to train on: mean absolute error %s%n", absolute);
        }
        // Without the rows that were trained on, those to test are all there is to take the frequent class from.
        Dataset counted = parts.training() == null ? test(parts) : parts.training();
        ClassificationScores scores = Baseline.majority(counted, test(parts));
        line.add("baseline_test_accuracy", scores.accuracy(), 4)
                .add("baseline_test_balanced_accuracy", scores.balancedAccuracy(), 4);
        return format(
                "always the most frequent class: accuracy %.2f %%, balanced accuracy %.2f %%%n",
                100 * scores.accuracy(), 100 * scores.balancedAccuracy());
    }

    private static Dataset test(Parts parts) {
        return Objects.requireNonNull(parts.test(), "there are rows to test");
    }

    private static String number(double value) {
        return format("%.4g", value);
    }

    @SuppressWarnings("AnnotateFormatMethod") // would need a library for the annotation alone
    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
