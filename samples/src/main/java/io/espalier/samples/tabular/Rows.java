package io.espalier.samples.tabular;

import io.espalier.data.CsvTable;
import io.espalier.samples.cli.Refusal;
import java.io.IOException;

/**
 * The rows of a table, divided: a fifth to test, a fifth of the others to choose the best epoch by. The division belongs to the
 * file and not to a run: a saved network must never be judged on rows that it was trained on.
 *
 * @param training to train on, and to learn the encoding from
 * @param validation to choose by
 * @param test only to report on
 */
record Rows(CsvTable training, CsvTable validation, CsvTable test) {
    private static final double SHARE = 0.2;
    private static final long SEED = 2025;

    /**
     * Divides a table whose target holds classes, each of them in the same shares.
     *
     * @param table all rows
     * @param target the name of the column
     * @throws IOException if the column does not exist or a cell of it is missing
     * @throws Refusal if there are too few rows
     */
    static Rows stratified(CsvTable table, String target) throws IOException, Refusal {
        try {
            CsvTable.Split tested = table.stratifiedSplit(target, SHARE, SEED);
            CsvTable.Split split = tested.train().stratifiedSplit(target, SHARE, SEED);
            return new Rows(split.train(), split.validation(), tested.validation());
        } catch (IllegalArgumentException e) {
            throw tooFew(table, e);
        }
    }

    /**
     * Divides a table.
     *
     * @param table all rows
     * @throws Refusal if there are too few rows
     */
    static Rows plain(CsvTable table) throws Refusal {
        try {
            CsvTable.Split tested = table.split(SHARE, SEED);
            CsvTable.Split split = tested.train().split(SHARE, SEED);
            return new Rows(split.train(), split.validation(), tested.validation());
        } catch (IllegalArgumentException e) {
            throw tooFew(table, e);
        }
    }

    private static Refusal tooFew(CsvTable table, IllegalArgumentException cause) {
        return new Refusal(table.file() + " has " + table.rows()
                + " rows, too few to divide into some to train on, some to choose by and some to test: "
                + cause.getMessage());
    }
}
