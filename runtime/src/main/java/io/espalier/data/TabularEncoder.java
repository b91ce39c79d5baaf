package io.espalier.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of a table goes into a network, and what is to come out: fitted on training rows it gives a
 * {@link TabularEncoding}. Immutable; every method gives a changed copy.
 *
 * <pre>{@code
 * CsvTable.Split rows = CsvTable.read(file).stratifiedSplit("species", 0.2, seed);
 * TabularEncoding encoding = TabularEncoder.target("species").exclude("id").fit(rows.train());
 * Dataset train = encoding.dataset(rows.train());
 * Dataset validation = encoding.dataset(rows.validation());
 * }</pre>
 */
public final class TabularEncoder {
    /** More different texts than this are names or free text sooner than categories. */
    private static final int MOST_CATEGORIES = 100;

    private final @Nullable String target;
    private final @Nullable Boolean classification;
    private final Set<String> excluded;
    private final boolean indicators;

    private TabularEncoder(
            @Nullable String target, @Nullable Boolean classification, Set<String> excluded, boolean indicators) {
        this.target = target;
        this.classification = classification;
        this.excluded = excluded;
        this.indicators = indicators;
    }

    /**
     * All columns but one are features. Whether that one holds classes or values is told from its cells, by
     * {@link CsvTable#holdsClasses}.
     *
     * @param column the name of the column to predict
     * @return an encoder
     */
    public static TabularEncoder target(String column) {
        return new TabularEncoder(column, null, Set.of(), false);
    }

    /**
     * All columns are features; what to predict is elsewhere.
     *
     * @return an encoder whose encodings give {@link TabularEncoding#features} alone
     */
    public static TabularEncoder withoutTarget() {
        return new TabularEncoder(null, null, Set.of(), false);
    }

    /**
     * Takes the target for classes, whatever its cells look like.
     *
     * @return a changed copy
     */
    public TabularEncoder classification() {
        return new TabularEncoder(target, true, excluded, indicators);
    }

    /**
     * Takes the target for values, whatever its cells look like.
     *
     * @return a changed copy
     */
    public TabularEncoder regression() {
        return new TabularEncoder(target, false, excluded, indicators);
    }

    /**
     * Leaves columns out.
     *
     * @param columns their names
     * @return a changed copy
     */
    public TabularEncoder exclude(String... columns) {
        Set<String> more = new TreeSet<>(excluded);
        more.addAll(Arrays.asList(columns));
        return new TabularEncoder(target, classification, Set.copyOf(more), indicators);
    }

    /**
     * Gives each column of which the training rows lack a cell one more feature: 1 where the cell is missing, 0 elsewhere.
     *
     * @return a changed copy
     */
    public TabularEncoder missingIndicators() {
        return new TabularEncoder(target, classification, excluded, true);
    }

    /**
     * Learns means, deviations, categories and classes from rows; only the training rows should be among them.
     *
     * @param training the rows to learn from
     * @return the encoding
     * @throws DataFileException if a named column does not exist, no feature is left, a column has no value or more than
     *     100 categories, a target is missing or no number where one is expected, or there is only one class
     */
    public TabularEncoding fit(CsvTable training) throws DataFileException {
        for (String column : excluded) {
            training.isNumeric(column);
        }
        TabularEncoding.Target fitted = target == null ? null : fitTarget(training, target);
        List<TabularEncoding.Feature> features = new ArrayList<>();
        for (String column : training.columns()) {
            if (!column.equals(target) && !excluded.contains(column)) {
                features.add(fitFeature(training, column));
            }
        }
        if (features.isEmpty()) {
            throw new DataFileException(training.file(), "header", "there is no column left to predict from");
        }
        return new TabularEncoding(features, fitted);
    }

    private TabularEncoding.Target fitTarget(CsvTable training, String column) throws DataFileException {
        boolean classes = classification == null ? training.holdsClasses(column) : classification;
        if (!classes) {
            for (int row = 0; row < training.rows(); row++) {
                training.requireTarget(row, column);
            }
            Moments moments = moments(training, column);
            return new TabularEncoding.Values(column, moments.mean(), moments.deviation());
        }
        List<String> labels = training.classes(column);
        if (labels.size() == 1) {
            throw inColumn(
                    training,
                    column,
                    "expected at least two classes, found only '" + DataFileException.shown(labels.getFirst())
                            + "' in the " + training.rows() + " training rows");
        }
        return new TabularEncoding.Classes(column, labels);
    }

    private TabularEncoding.Feature fitFeature(CsvTable training, String column) throws DataFileException {
        boolean missing = false;
        boolean any = false;
        boolean numeric = training.isNumeric(column);
        TreeSet<String> categories = new TreeSet<>();
        for (int row = 0; row < training.rows(); row++) {
            String text = numeric ? null : training.text(row, column);
            boolean present = numeric ? !Double.isNaN(training.number(row, column)) : text != null;
            any |= present;
            missing |= !present;
            if (text != null) {
                categories.add(text);
            }
        }
        if (!any) {
            throw inColumn(
                    training,
                    column,
                    "none of the " + training.rows() + " training rows has a value; exclude the column");
        }
        if (categories.size() > MOST_CATEGORIES) {
            throw inColumn(
                    training,
                    column,
                    "found " + categories.size() + " different texts, expected at most " + MOST_CATEGORIES
                            + " categories; exclude the column, or group its texts");
        }
        boolean indicator = indicators && missing;
        if (!numeric) {
            return new TabularEncoding.OneHot(column, List.copyOf(categories), indicator);
        }
        Moments moments = moments(training, column);
        return new TabularEncoding.Standardized(column, moments.mean(), moments.deviation(), indicator);
    }

    private static Moments moments(CsvTable training, String column) throws DataFileException {
        Moments moments = new Moments();
        for (int row = 0; row < training.rows(); row++) {
            double value = training.number(row, column);
            if (!Double.isNaN(value)) {
                moments.add(value);
            }
        }
        return moments;
    }

    private static DataFileException inColumn(CsvTable table, String column, String problem) {
        return new DataFileException(table.file(), "column '" + DataFileException.shown(column) + "'", problem);
    }
}
