package io.espalier.data;

import java.util.List;

/** The cells of one column of a table. */
sealed interface TableColumn {

    /** Whether a cell has no value. */
    boolean isMissing(int row);

    /** The cell as text; of one that is not missing. */
    String text(int row);

    /** Finite numbers, NaN where one is missing. */
    @SuppressWarnings("ArrayRecordComponent") // never leaves the package, never compared
    record Numbers(double[] values) implements TableColumn {
        @Override
        public boolean isMissing(int row) {
            return Double.isNaN(values[row]);
        }

        /** A whole number without a point. */
        @Override
        public String text(int row) {
            double value = values[row];
            return isWhole(value) ? Long.toString((long) value) : Double.toString(value);
        }

        static boolean isWhole(double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e15;
        }
    }

    /** Texts by their place in a list, −1 where one is missing. */
    @SuppressWarnings("ArrayRecordComponent") // never leaves the package, never compared
    record Categories(int[] codes, List<String> texts) implements TableColumn {
        @Override
        public boolean isMissing(int row) {
            return codes[row] < 0;
        }

        @Override
        public String text(int row) {
            return texts.get(codes[row]);
        }
    }
}
