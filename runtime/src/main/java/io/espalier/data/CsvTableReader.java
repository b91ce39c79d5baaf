package io.espalier.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads one CSV file, twice: the first time to count rows and to tell each column's type, the second time into arrays of
 * just that size, so that a file takes a small multiple of its own size.
 */
final class CsvTableReader {
    /** A column takes some hundred bytes even when it is empty, so a line of commas must not make millions. */
    private static final int MAX_COLUMNS = 1 << 16;

    private final Path file;
    private final CsvFormat format;
    private List<String> names = List.of();
    private String expected = "";
    private List<Kind> kinds = List.of();
    private char delimiter;
    private long line;
    private int rows;

    CsvTableReader(Path file, CsvFormat format) {
        this.file = file;
        this.format = format;
    }

    CsvTable read() throws IOException {
        delimiter = format.delimiter() != 0 ? format.delimiter() : CsvDelimiter.detect(file, format.skippedLines());
        scan((record, row) -> {
            for (int column = 0; column < names.size(); column++) {
                kinds.get(column).see(record.getField(column).strip(), line);
            }
        });
        if (rows == 0) {
            throw new DataFileException(
                    file, "line " + Math.max(1, line), "expected rows of data" + (line == 0 ? "" : " after this line"));
        }
        requireKnown(format.numbers());
        requireKnown(format.categories());
        List<Filling> fillings = new ArrayList<>();
        for (Kind kind : kinds) {
            fillings.add(kind.isNumeric() ? new NumberFilling(rows) : new CategoryFilling(rows));
        }
        long[] lines = new long[rows];
        int counted = rows;
        scan((record, row) -> {
            if (row < counted) {
                lines[row] = line;
                for (int column = 0; column < names.size(); column++) {
                    String cell = record.getField(column).strip();
                    fillings.get(column).put(row, cell, format.isMissing(cell));
                }
            }
        });
        if (rows != counted) {
            throw new DataFileException(file, "line " + line, "the file changed while it was being read");
        }
        Map<String, TableColumn> columns = new LinkedHashMap<>();
        for (int column = 0; column < names.size(); column++) {
            columns.put(names.get(column), fillings.get(column).column());
        }
        return new CsvTable(file, columns, lines, BatchSequence.identity(rows));
    }

    private void requireKnown(Set<String> declared) throws DataFileException {
        for (String name : declared) {
            if (!names.contains(name)) {
                throw CsvTable.unknownColumn(file, name, names);
            }
        }
    }

    /** Hands over every row, its number of cells checked. */
    private void scan(Rows each) throws IOException {
        line = 0;
        rows = 0;
        boolean named = false;
        try (Utf8Reader text = Utf8Reader.open(file);
                CsvReader<CsvRecord> csv = CsvReader.builder()
                        .fieldSeparator(delimiter)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .allowUnclosedQuote(false)
                        .build(CsvRecordHandler.of(cells -> cells.maxFields(MAX_COLUMNS)), text)) {
            csv.skipLines(format.skippedLines());
            for (CsvRecord record : csv) {
                line = record.getStartingLineNumber();
                if (!named) {
                    named = true;
                    if (names(record)) {
                        continue;
                    }
                }
                if (record.getFieldCount() != names.size()) {
                    throw new DataFileException(
                            file,
                            "line " + line,
                            "expected " + names.size() + " cells, " + expected + ", found " + record.getFieldCount()
                                    + " between '" + DataFileException.shown(String.valueOf(delimiter)) + "'");
                }
                if (rows == Integer.MAX_VALUE) {
                    throw new DataFileException(file, "line " + line, "a table has at most 2147483647 rows");
                }
                each.row(record, rows++);
            }
        } catch (CsvParseException | UncheckedIOException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                // The library's own word for too few lines to skip is the end of the file.
                if (cause instanceof IOException failure && !(cause instanceof EOFException)) {
                    throw failure;
                }
            }
            Throwable reason = e.getCause() == null ? e : e.getCause();
            DataFileException malformed = new DataFileException(
                    file,
                    line == 0 ? "the first row" : "the row after line " + line,
                    "no valid CSV: " + DataFileException.shown(String.valueOf(reason.getMessage())));
            malformed.initCause(e);
            throw malformed;
        }
    }

    /**
     * Takes the columns' names, from the first record or elsewhere, and what to tell of rows of another length; whether that
     * record was the header.
     */
    private boolean names(CsvRecord first) throws DataFileException {
        List<String> given = format.columns();
        boolean header = given == null && !format.numbered();
        if (!names.isEmpty()) {
            return header;
        }
        if (header) {
            names = first.getFields().stream().map(String::strip).toList();
            expected = "one for each column of the header, line " + line;
            requireHeader();
        } else {
            names = given != null ? given : numbered(first.getFieldCount());
            expected = given != null ? "one for each name that was given" : "as many as line " + line + " has";
        }
        kinds = names.stream().map(Kind::new).toList();
        return header;
    }

    private static List<String> numbered(int columns) {
        List<String> names = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
            names.add(Integer.toString(column));
        }
        return List.copyOf(names);
    }

    private void requireHeader() throws DataFileException {
        if (names.stream().allMatch(CsvNumber::isNumber)) {
            throw new DataFileException(
                    file,
                    "line " + line,
                    "expected the columns' names, found only numbers; name the columns with CsvFormat.columns(...) or"
                            + " numberedColumns()");
        }
        Map<String, Integer> places = new HashMap<>();
        for (int column = 0; column < names.size(); column++) {
            String name = names.get(column);
            if (name.isEmpty()) {
                throw new DataFileException(
                        file, "line " + line, "column " + (column + 1) + " of " + names.size() + " has no name");
            }
            Integer before = places.putIfAbsent(name, column);
            if (before != null) {
                throw new DataFileException(
                        file,
                        "line " + line + ", column '" + DataFileException.shown(name) + "'",
                        "columns " + (before + 1) + " and " + (column + 1) + " have the same name");
            }
        }
    }

    private interface Rows {
        void row(CsvRecord record, int row) throws IOException;
    }

    /** What is found out about a column while reading it for the first time. */
    private final class Kind {
        private final String name;
        private long numbers;
        private long texts;
        private long firstTextLine;
        private String firstText = "";

        Kind(String name) {
            this.name = name;
        }

        void see(String cell, long at) throws DataFileException {
            if (format.isMissing(cell)) {
                return;
            }
            if (CsvNumber.isNumber(cell)) {
                numbers++;
                return;
            }
            if (texts++ == 0) {
                firstTextLine = at;
                firstText = DataFileException.shown(cell);
            }
            if (format.numbers().contains(name)) {
                throw noNumber("expected a number");
            }
        }

        /** A column without any value counts as numeric. Most cells numbers and some not is an error sooner than a type. */
        boolean isNumeric() throws DataFileException {
            if (format.categories().contains(name)) {
                return false;
            }
            if (numbers > texts && texts > 0) {
                throw noNumber("expected a number, as " + numbers + " of " + (numbers + texts)
                        + " cells of the column are; correct it, add it to CsvFormat.missing(...), or declare the column"
                        + " with categories(...)");
            }
            return texts == 0;
        }

        private DataFileException noNumber(String expected) {
            return CsvTable.cell(file, firstTextLine, name, expected + "; found '" + firstText + "'");
        }
    }

    /** A column that is being filled. */
    private sealed interface Filling {
        void put(int row, String cell, boolean missing);

        TableColumn column();
    }

    @SuppressWarnings("ArrayRecordComponent") // local to the reader
    private record NumberFilling(double[] values) implements Filling {
        NumberFilling(int rows) {
            this(new double[rows]);
        }

        @Override
        public void put(int row, String cell, boolean missing) {
            // Adding 0 makes a 0 of -0, else they would be two classes of the same name.
            values[row] = missing ? Double.NaN : Double.parseDouble(cell) + 0.0;
        }

        @Override
        public TableColumn column() {
            return new TableColumn.Numbers(values);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // local to the reader
    private record CategoryFilling(int[] codes, Map<String, Integer> known, List<String> texts) implements Filling {
        CategoryFilling(int rows) {
            this(new int[rows], new HashMap<>(), new ArrayList<>());
        }

        @Override
        public void put(int row, String cell, boolean missing) {
            codes[row] = missing
                    ? -1
                    : known.computeIfAbsent(cell, text -> {
                        texts.add(text);
                        return texts.size() - 1;
                    });
        }

        @Override
        public TableColumn column() {
            return new TableColumn.Categories(codes, List.copyOf(texts));
        }
    }
}
