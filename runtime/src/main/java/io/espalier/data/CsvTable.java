package io.espalier.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file, or some of them. A column holds numbers if every cell that is not missing is one, and categories
 * otherwise; cells lose the spaces around them. Immutable; a table of some rows shares the memory of the whole.
 *
 * <p>Fields may be quoted with {@code "}, and then hold delimiters, ends of lines and doubled quotes (RFC 4180). The text is
 * UTF-8, plain or gzip, which the content tells. Empty lines are passed over.
 */
public final class CsvTable {
    /** A numeric column of whole numbers is taken for classes up to so many different ones. */
    private static final int MOST_WHOLE_CLASSES = 20;

    private final Path file;
    /** By name, in the file's order. */
    private final Map<String, TableColumn> columns;

    private final long[] lines;
    private final int[] rows;

    CsvTable(Path file, Map<String, TableColumn> columns, long[] lines, int[] rows) {
        this.file = file;
        this.columns = columns;
        this.lines = lines;
        this.rows = rows;
    }

    /**
     * Reads a file with a header line.
     *
     * @param file the file
     * @return its rows
     * @throws DataFileException as {@link #read(Path, CsvFormat)} does
     * @throws IOException if the file cannot be read
     */
    public static CsvTable read(Path file) throws IOException {
        return read(file, CsvFormat.standard());
    }

    /**
     * Reads a file. Takes about 8 bytes for each cell and 100 for each different text of a column; a packed file may hold up
     * to 1 GiB, a table up to 65,536 columns.
     *
     * @param file the file
     * @param format how to read it
     * @return its rows
     * @throws DataFileException if the file is no valid CSV or UTF-8, a row has more or fewer cells than there are columns,
     *     two columns have the same name, there is no row, a declared column does not exist, or a cell is no number where
     *     one is expected
     * @throws IOException if the file cannot be read
     */
    public static CsvTable read(Path file, CsvFormat format) throws IOException {
        return new CsvTableReader(file, format).read();
    }

    /**
     * The file that was read.
     *
     * @return its path as the caller gave it
     */
    public Path file() {
        return file;
    }

    /**
     * The number of rows.
     *
     * @return at least 1
     */
    public int rows() {
        return rows.length;
    }

    /**
     * The names of the columns.
     *
     * @return in the file's order
     */
    public List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    /**
     * Where a row stands in the file.
     *
     * @param row from 0
     * @return the number of the line in which it begins, from 1
     */
    public long line(int row) {
        return lines[rows[row]];
    }

    /**
     * Whether a column holds numbers.
     *
     * @param column its name
     * @return false if it holds categories
     * @throws DataFileException if there is no such column
     */
    public boolean isNumeric(String column) throws DataFileException {
        return column(column) instanceof TableColumn.Numbers;
    }

    /**
     * A cell as a number.
     *
     * @param row from 0
     * @param column the name of a column
     * @return the number, NaN if it is missing
     * @throws DataFileException if there is no such column, or the cell is no number
     */
    public double number(int row, String column) throws DataFileException {
        return switch (column(column)) {
            case TableColumn.Numbers numbers -> numbers.values()[rows[row]];
            case TableColumn.Categories categories -> {
                if (categories.isMissing(rows[row])) {
                    yield Double.NaN;
                }
                String text = categories.text(rows[row]);
                if (!CsvNumber.isNumber(text)) {
                    throw cell(
                            file,
                            line(row),
                            column,
                            "expected a number, found '" + DataFileException.shown(text) + "'");
                }
                yield Double.parseDouble(text);
            }
        };
    }

    /**
     * A cell as text; a number as the shortest text that is read back to it.
     *
     * @param row from 0
     * @param column the name of a column
     * @return the text, null if it is missing
     * @throws DataFileException if there is no such column
     */
    public @Nullable String text(int row, String column) throws DataFileException {
        TableColumn cells = column(column);
        return cells.isMissing(rows[row]) ? null : cells.text(rows[row]);
    }

    /**
     * Whether a column looks like classes rather than values to regress: it holds categories, or at most 20 different
     * numbers, all of them whole.
     *
     * @param column its name
     * @return whether a network that predicts it is a classifier
     * @throws DataFileException if there is no such column
     */
    public boolean holdsClasses(String column) throws DataFileException {
        if (!isNumeric(column)) {
            return true;
        }
        TreeSet<Double> different = new TreeSet<>();
        for (int row = 0; row < rows(); row++) {
            double value = number(row, column);
            if (!Double.isNaN(value)) {
                different.add(value);
                if (!TableColumn.Numbers.isWhole(value) || different.size() > MOST_WHOLE_CLASSES) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * The different classes of a column: numbers in their order, texts in that of their characters.
     *
     * @param column its name
     * @return at least one
     * @throws DataFileException if there is no such column, a cell of it is missing, or a number is not whole
     */
    public List<String> classes(String column) throws DataFileException {
        boolean numeric = isNumeric(column);
        TreeSet<String> texts = new TreeSet<>();
        TreeMap<Double, String> numbers = new TreeMap<>();
        for (int row = 0; row < rows(); row++) {
            String text = requireTarget(row, column);
            if (!numeric) {
                texts.add(text);
                continue;
            }
            double number = number(row, column);
            if (!TableColumn.Numbers.isWhole(number)) {
                throw cell(file, line(row), column, "expected a class, a text or a whole number, found " + text);
            }
            numbers.put(number, text);
        }
        return List.copyOf(numeric ? numbers.values() : texts);
    }

    String requireTarget(int row, String column) throws DataFileException {
        String text = text(row, column);
        if (text == null) {
            throw cell(file, line(row), column, "the target is missing; leave the row out, or fill the gap");
        }
        return text;
    }

    /**
     * Some of the rows.
     *
     * @param chosen indices of rows, each 0 to {@code rows() - 1}, at least one
     * @return a table of these rows, in the given order
     * @throws IllegalArgumentException if there is no index
     * @throws IndexOutOfBoundsException if one is out of range
     */
    public CsvTable subset(int... chosen) {
        if (chosen.length == 0) {
            throw new IllegalArgumentException("A table needs at least one row, but no index was given");
        }
        int[] resolved = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            resolved[i] = rows[chosen[i]];
        }
        return new CsvTable(file, columns, lines, resolved);
    }

    /**
     * Splits the rows at random into two tables that share none, as {@link Dataset#split} does.
     *
     * @param validationFraction the share that is kept for validation, more than 0 and less than 1
     * @param seed fixes the choice
     * @return the two tables, each in the file's order
     * @throws IllegalArgumentException if the fraction is out of range, or a side would be left without a row
     */
    public Split split(double validationFraction, long seed) {
        return split(Subset.sides(rows(), validationFraction, seed));
    }

    /**
     * Splits the rows at random into two tables, each class of a column in the same share on both sides, as
     * {@link Dataset#stratifiedSplit} does.
     *
     * @param column the name of the column that holds the classes
     * @param validationFraction the share that is kept for validation, more than 0 and less than 1
     * @param seed fixes the choice
     * @return the two tables, each in the file's order
     * @throws DataFileException as {@link #classes} does
     * @throws IllegalArgumentException if the fraction is out of range, or a side would be left without a row
     */
    public Split stratifiedSplit(String column, double validationFraction, long seed) throws DataFileException {
        List<String> classes = classes(column);
        TreeMap<String, Integer> places = new TreeMap<>();
        for (int c = 0; c < classes.size(); c++) {
            places.put(classes.get(c), c);
        }
        int[] labels = new int[rows()];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = places.getOrDefault(requireTarget(row, column), -1);
        }
        return split(new StratifiedSplit(labels, classes.size(), validationFraction).sides(seed));
    }

    private Split split(StratifiedSplit.Sides sides) {
        return new Split(subset(sides.train()), subset(sides.validation()));
    }

    private TableColumn column(String name) throws DataFileException {
        TableColumn cells = columns.get(name);
        if (cells == null) {
            throw unknownColumn(file, name, columns());
        }
        return cells;
    }

    static DataFileException unknownColumn(Path file, String name, List<String> names) {
        String all = String.join(", ", names.subList(0, Math.min(names.size(), 50)));
        return new DataFileException(
                file,
                "header",
                "there is no column '" + name + "'; the columns are " + all.replaceAll("\\p{Cntrl}", "?")
                        + (names.size() > 50 ? ", ..." : ""));
    }

    static DataFileException cell(Path file, long line, String column, String problem) {
        return new DataFileException(
                file, "line " + line + ", column '" + DataFileException.shown(column) + "'", problem);
    }

    /**
     * The two sides of a split.
     *
     * @param train the rows to train on, and to fit a {@link TabularEncoding} on
     * @param validation the rows kept aside
     */
    public record Split(CsvTable train, CsvTable validation) {}
}
