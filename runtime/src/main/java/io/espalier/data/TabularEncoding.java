package io.espalier.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How rows of a table become what a network takes, as it was fitted on training rows by a {@link TabularEncoder}: the same
 * means, categories and classes for every row that comes later. Immutable. {@link #toJson()} makes a text of it, to be kept
 * with the weights of the network that was trained on it.
 *
 * <p>A numeric column becomes (x − mean) / deviation, and the mean where x is missing. A column of categories becomes a
 * feature for each one that occurred in training, 1 for the row's own and 0 for the others; a category that did not occur,
 * or a missing one, is 0 in all of them. Missing values may have a feature of their own. Classes become their place among
 * the class names, values to regress (y − mean) / deviation.
 */
public final class TabularEncoding {
    private final List<Feature> features;
    private final @Nullable Target target;
    private final int inputSize;

    TabularEncoding(List<Feature> features, @Nullable Target target) {
        this.features = List.copyOf(features);
        this.target = target;
        this.inputSize = features.stream().mapToInt(Feature::width).sum();
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param json the text
     * @return an equal encoding
     * @throws IllegalArgumentException if the text is no such thing, saying where
     */
    public static TabularEncoding fromJson(String json) {
        return EncodingJson.encoding(json);
    }

    /**
     * This encoding as a text that gives every number back to the last bit.
     *
     * @return JSON in one line
     */
    public String toJson() {
        return EncodingJson.text(this);
    }

    /**
     * The number of features.
     *
     * @return the input size of the network
     */
    public int inputSize() {
        return inputSize;
    }

    /**
     * The number of outputs that the network needs.
     *
     * @return the classes, or 1 for values
     * @throws IllegalStateException if the encoding has no target
     */
    public int outputs() {
        return switch (target()) {
            case Classes classes -> classes.labels().size();
            case Values values -> 1;
        };
    }

    /**
     * Whether the target is a class.
     *
     * @return false if it is a value
     * @throws IllegalStateException if the encoding has no target
     */
    public boolean isClassification() {
        return target() instanceof Classes;
    }

    /**
     * The names of the classes.
     *
     * @return in the order of the network's outputs; empty where the target is a value
     * @throws IllegalStateException if the encoding has no target
     */
    public List<String> labels() {
        return target() instanceof Classes classes ? classes.labels() : List.of();
    }

    /**
     * The names of the features: the column's, {@code column=category}, or {@code column is missing}.
     *
     * @return in the order of the network's inputs
     */
    public List<String> featureNames() {
        List<String> names = new ArrayList<>();
        for (Feature feature : features) {
            switch (feature) {
                case Standardized number -> names.add(number.column());
                case OneHot oneHot ->
                    oneHot.categories().forEach(category -> names.add(oneHot.column() + "=" + category));
            }
            if (feature.indicator()) {
                names.add(feature.column() + " is missing");
            }
        }
        return names;
    }

    /**
     * A format that reads a file's columns as this encoding needs them, whatever the cells of a few rows look like.
     *
     * @param format how the file is written
     * @return that format, with this encoding's columns declared as numbers and categories
     */
    public CsvFormat columnsOf(CsvFormat format) {
        CsvFormat declared = format;
        for (Feature feature : features) {
            declared = switch (feature) {
                case Standardized number -> declared.numbers(number.column());
                case OneHot oneHot -> declared.categories(oneHot.column());
            };
        }
        return declared;
    }

    /**
     * What a network's answer means in the unit of the target column.
     *
     * @param answer the network's value
     * @return answer · deviation + mean
     * @throws IllegalStateException if the target is no value
     */
    public double targetValue(double answer) {
        Values values = values();
        return answer * values.deviation() + values.mean();
    }

    /**
     * The unit of a network's answers: an error of a network times this is the error in the unit of the target column.
     *
     * @return greater than 0
     * @throws IllegalStateException if the target is no value
     */
    public double targetDeviation() {
        return values().deviation();
    }

    private Values values() {
        if (target() instanceof Values values) {
            return values;
        }
        throw new IllegalStateException("The target column '" + target().column() + "' holds classes, not values");
    }

    private Target target() {
        if (target == null) {
            throw new IllegalStateException(
                    "This encoding was fitted without a target; name one with TabularEncoder.target(...)");
        }
        return target;
    }

    /**
     * The features of rows, whether or not they have a target.
     *
     * @param table has the columns of the training rows, in any order, and perhaps others
     * @return row-major {@code [rows][inputSize]}
     * @throws DataFileException if a column is missing, a cell is no number where one is expected, or a number is too far
     *     from the training rows' for a float
     * @throws IllegalArgumentException if the features do not fit one array
     */
    public float[] features(CsvTable table) throws DataFileException {
        if ((long) table.rows() * inputSize > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(table.rows() + " rows of " + inputSize
                    + " features do not fit one array; encode subsets of the table");
        }
        float[] encoded = new float[table.rows() * inputSize];
        int at = 0;
        for (Feature feature : features) {
            switch (feature) {
                case Standardized number -> encode(number, table, encoded, at);
                case OneHot oneHot -> encode(oneHot, table, encoded, at);
            }
            at += feature.width();
        }
        return encoded;
    }

    /**
     * The features of one row that comes from elsewhere than a file, to predict for it.
     *
     * @param row the texts of its cells by the names of their columns, empty where a value is missing; others than the
     *     encoding's are passed over
     * @return {@code [inputSize]}
     * @throws IllegalArgumentException if a column is not there, a cell is no number where one is expected, or a number is
     *     too far from the training rows' for a float; it names the column
     */
    public float[] features(Map<String, String> row) {
        float[] encoded = new float[inputSize];
        int at = 0;
        for (Feature feature : features) {
            String cell = row.get(feature.column());
            if (cell == null) {
                throw new IllegalArgumentException("The row has no column '" + feature.column()
                        + "'; give an empty text where the value is missing");
            }
            encode(feature, cell.strip(), encoded, at);
            at += feature.width();
        }
        return encoded;
    }

    private static void encode(Feature feature, String cell, float[] into, int at) {
        if (cell.isEmpty()) {
            if (feature.indicator()) {
                into[at + feature.width() - 1] = 1;
            }
            return;
        }
        switch (feature) {
            case Standardized number -> into[at] = standardized(number, cell);
            case OneHot oneHot -> {
                int place = oneHot.categories().indexOf(cell);
                if (place >= 0) {
                    into[at + place] = 1;
                }
            }
        }
    }

    private static float standardized(Standardized feature, String cell) {
        float standardized = CsvNumber.isNumber(cell)
                ? (float) ((Double.parseDouble(cell) - feature.mean()) / feature.deviation())
                : Float.NaN;
        if (!Float.isFinite(standardized)) {
            throw new IllegalArgumentException("Column '" + feature.column()
                    + "': expected a number in the range of the"
                    + " training rows, whose mean is " + feature.mean() + " and deviation " + feature.deviation()
                    + ", found '" + DataFileException.shown(cell) + "'");
        }
        return standardized;
    }

    private void encode(Standardized feature, CsvTable table, float[] into, int at) throws DataFileException {
        for (int row = 0; row < table.rows(); row++) {
            double value = table.number(row, feature.column());
            int place = row * inputSize + at;
            if (!Double.isNaN(value)) {
                into[place] = standardized(table, row, feature.column(), value, feature.mean(), feature.deviation());
            } else if (feature.indicator()) {
                into[place + 1] = 1;
            }
        }
    }

    private void encode(OneHot feature, CsvTable table, float[] into, int at) throws DataFileException {
        Map<String, Integer> places = places(feature.categories());
        for (int row = 0; row < table.rows(); row++) {
            String text = table.text(row, feature.column());
            Integer place = text == null ? null : places.get(text);
            if (place != null) {
                into[row * inputSize + at + place] = 1;
            } else if (text == null && feature.indicator()) {
                into[row * inputSize + at + places.size()] = 1;
            }
        }
    }

    private static Map<String, Integer> places(List<String> texts) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            places.put(texts.get(i), i);
        }
        return places;
    }

    private static float standardized(
            CsvTable table, int row, String column, double value, double mean, double deviation)
            throws DataFileException {
        float standardized = (float) ((value - mean) / deviation);
        if (!Float.isFinite(standardized)) {
            throw CsvTable.cell(
                    table.file(),
                    table.line(row),
                    column,
                    value + " is too far from the training rows' mean " + mean + " and deviation " + deviation);
        }
        return standardized;
    }

    /**
     * Features and targets of rows.
     *
     * @param table has the columns of the training rows, in any order, and perhaps others
     * @return class indices, or one standardized value an example; held in memory, safe to share between threads
     * @throws DataFileException as {@link #features} does, or if a target is missing or no class of the training rows
     * @throws IllegalArgumentException if the features do not fit one array
     * @throws IllegalStateException if the encoding has no target
     */
    public Dataset dataset(CsvTable table) throws DataFileException {
        return switch (target()) {
            case Classes classes ->
                Dataset.of(
                        features(table),
                        classIndices(classes, table),
                        classes.labels().size());
            case Values values -> {
                float[] targets = new float[table.rows()];
                for (int row = 0; row < targets.length; row++) {
                    table.requireTarget(row, values.column());
                    double value = table.number(row, values.column());
                    targets[row] = standardized(table, row, values.column(), value, values.mean(), values.deviation());
                }
                yield Dataset.ofValues(features(table), targets, 1);
            }
        };
    }

    private static int[] classIndices(Classes classes, CsvTable table) throws DataFileException {
        Map<String, Integer> places = places(classes.labels());
        int[] indices = new int[table.rows()];
        for (int row = 0; row < indices.length; row++) {
            String text = table.requireTarget(row, classes.column());
            Integer place = places.get(text);
            if (place == null) {
                throw CsvTable.cell(
                        table.file(),
                        table.line(row),
                        classes.column(),
                        "expected a class of the training rows, "
                                + DataFileException.shown(String.join(", ", classes.labels())) + "; found '"
                                + DataFileException.shown(text) + "'");
            }
            indices[row] = place;
        }
        return indices;
    }

    List<Feature> parts() {
        return features;
    }

    @Nullable
    Target targetOrNull() {
        return target;
    }

    /** The number of features and the target, in one line. */
    @Override
    public String toString() {
        String predicted = target == null
                ? ""
                : switch (target) {
                    case Classes classes ->
                        " -> " + classes.column() + " of " + classes.labels().size() + " classes";
                    case Values values -> " -> " + values.column();
                };
        return Arrays.toString(features.stream().map(Feature::column).toArray()) + " as " + inputSize + " features"
                + predicted;
    }

    /** What one column contributes to the features. */
    sealed interface Feature {
        String column();

        /** Whether a last feature tells that the cell is missing. */
        boolean indicator();

        int width();
    }

    record Standardized(String column, double mean, double deviation, boolean indicator) implements Feature {
        @Override
        public int width() {
            return indicator ? 2 : 1;
        }
    }

    record OneHot(String column, List<String> categories, boolean indicator) implements Feature {
        @Override
        public int width() {
            return categories.size() + (indicator ? 1 : 0);
        }
    }

    /** What is predicted. */
    sealed interface Target {
        String column();
    }

    record Classes(String column, List<String> labels) implements Target {}

    record Values(String column, double mean, double deviation) implements Target {}
}
