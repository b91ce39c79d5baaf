package io.espalier.data;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file is to be read. {@link #standard()} suits most: the first line names the columns, the delimiter is the
 * comma, semicolon or tab that this line has most of, and types are told from the cells. Immutable; every method gives a
 * changed copy.
 */
public final class CsvFormat {
    private static final CsvFormat STANDARD =
            new CsvFormat(0, null, false, 0, Set.of("", "na", "nan", "null", "?"), Set.of(), Set.of());

    /** 0 for one that is told from the first line. */
    private final char delimiter;

    private final @Nullable List<String> columns;
    private final boolean numbered;
    private final int skippedLines;
    private final Set<String> missing;
    private final Set<String> numbers;
    private final Set<String> categories;

    private CsvFormat(
            int delimiter,
            @Nullable List<String> columns,
            boolean numbered,
            int skippedLines,
            Set<String> missing,
            Set<String> numbers,
            Set<String> categories) {
        this.delimiter = (char) delimiter;
        this.columns = columns;
        this.numbered = numbered;
        this.skippedLines = skippedLines;
        this.missing = missing;
        this.numbers = numbers;
        this.categories = categories;
    }

    /**
     * A header line, a delimiter that is detected, types that are told from the cells, and as missing cells that are empty
     * or, whatever the case, {@code NA}, {@code NaN}, {@code null} or {@code ?}.
     *
     * @return the format
     */
    public static CsvFormat standard() {
        return STANDARD;
    }

    /**
     * Sets the delimiter instead of detecting it.
     *
     * @param delimiter any character but a quote or the end of a line
     * @return a changed copy
     * @throws IllegalArgumentException if it is one of those
     */
    public CsvFormat delimiter(char delimiter) {
        if ("\"\r\n\0".indexOf(delimiter) >= 0) {
            throw new IllegalArgumentException(
                    "The delimiter cannot be a quote, the end of a line or 0, but it is character " + (int) delimiter);
        }
        return new CsvFormat(delimiter, columns, numbered, skippedLines, missing, numbers, categories);
    }

    /**
     * Names the columns of a file that has no header line.
     *
     * @param names of all columns, in order
     * @return a changed copy
     * @throws IllegalArgumentException if there is no name, or one is empty or occurs twice
     */
    public CsvFormat columns(String... names) {
        List<String> list = List.of(names);
        if (list.isEmpty() || list.contains("") || Set.copyOf(list).size() < list.size()) {
            throw new IllegalArgumentException(
                    "Columns need names, each another one and none empty, but they are " + list);
        }
        return new CsvFormat(delimiter, list, false, skippedLines, missing, numbers, categories);
    }

    /**
     * Names the columns of a file that has no header line {@code 1}, {@code 2} and so on.
     *
     * @return a changed copy
     */
    public CsvFormat numberedColumns() {
        return new CsvFormat(delimiter, null, true, skippedLines, missing, numbers, categories);
    }

    /**
     * Passes over lines before the header line, or before the first row where there is none.
     *
     * @param lines how many, at least 0
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public CsvFormat skipLines(int lines) {
        if (lines < 0) {
            throw new IllegalArgumentException("The lines to skip must be 0 or more, but are " + lines);
        }
        return new CsvFormat(delimiter, columns, numbered, lines, missing, numbers, categories);
    }

    /**
     * Sets the texts that stand for a missing value, in place of all others.
     *
     * @param texts compared without regard to case and to spaces around; an empty one for empty cells
     * @return a changed copy
     */
    public CsvFormat missing(String... texts) {
        Set<String> set = new LinkedHashSet<>();
        for (String text : texts) {
            set.add(text.strip().toLowerCase(Locale.ROOT));
        }
        return new CsvFormat(delimiter, columns, numbered, skippedLines, Set.copyOf(set), numbers, categories);
    }

    /**
     * Declares columns to hold numbers: a cell that is none is refused with its line, instead of making categories of the
     * column.
     *
     * @param names of columns
     * @return a changed copy
     */
    public CsvFormat numbers(String... names) {
        return new CsvFormat(
                delimiter, columns, numbered, skippedLines, missing, with(numbers, names), without(categories, names));
    }

    /**
     * Declares columns to hold categories, though their cells may look like numbers: postcodes, codes of any kind.
     *
     * @param names of columns
     * @return a changed copy
     */
    public CsvFormat categories(String... names) {
        return new CsvFormat(
                delimiter, columns, numbered, skippedLines, missing, without(numbers, names), with(categories, names));
    }

    private static Set<String> with(Set<String> set, String... names) {
        Set<String> more = new TreeSet<>(set);
        more.addAll(Arrays.asList(names));
        return Set.copyOf(more);
    }

    private static Set<String> without(Set<String> set, String... names) {
        Set<String> less = new TreeSet<>(set);
        Arrays.asList(names).forEach(less::remove);
        return Set.copyOf(less);
    }

    char delimiter() {
        return delimiter;
    }

    @Nullable
    List<String> columns() {
        return columns;
    }

    boolean numbered() {
        return numbered;
    }

    int skippedLines() {
        return skippedLines;
    }

    Set<String> numbers() {
        return numbers;
    }

    Set<String> categories() {
        return categories;
    }

    boolean isMissing(String cell) {
        // The longest text is short; a cell may be megabytes.
        return missing.contains(cell.length() > 100 ? cell : cell.toLowerCase(Locale.ROOT));
    }
}
