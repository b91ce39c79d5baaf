package io.espalier.emitted;

import io.espalier.kernel.WeightPanels;
import io.espalier.model.Placement;

/** How a parameter lies among the network's values. */
public enum Packing implements Placement {
    /** Matrices of shape {@code [.., out, in]}, each in panels as kernels multiply with them, one after the other. */
    PANELS {
        @Override
        public int position(int row, int column, int rows, int columns) {
            return WeightPanels.position(row, column, rows, columns);
        }

        @Override
        public int size(int rows, int columns) {
            return WeightPanels.size(columns, rows);
        }
    },

    /** Row by row, without padding. */
    ROWS {
        @Override
        public int position(int row, int column, int rows, int columns) {
            return row * columns + column;
        }
    }
}
