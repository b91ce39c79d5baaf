package io.espalier.kernel;

/**
 * Products of row-major activations with packed weights ({@link WeightPanels}): a dense layer forward, and its input
 * gradient, for which the weights are the transposed panels.
 *
 * <p>Every element is one chain of fused multiply-adds along the depth, from 0, whatever tile it falls into. Its bits
 * therefore depend neither on the other rows nor on how rows are divided among calls and threads, nor on the vector
 * width.
 */
public final class MatrixMultiply {

    private static final int LANES = Simd.LANES;

    /** Floats of {@code a}, 1 MiB, that stay in a second-level cache while one panel after another goes over them. */
    private static final int CACHED = 1 << 18;

    /** Every tile's height divides it. */
    private static final int ROW_QUANTUM = 24;

    private MatrixMultiply() {}

    /**
     * c[r][j] = Σ<sub>k</sub> a[r][k]·P[j][k] for all rows r and outputs j.
     *
     * @param a rows × depth, row-major
     * @param aOffset where row 0 starts
     * @param aStride distance between rows, at least depth
     * @param rows number of rows, at least 0
     * @param depth number of inputs
     * @param panels packed weights of {@code columns} outputs and {@code depth} inputs
     * @param panelsOffset where the packed weights start
     * @param columns number of outputs
     * @param c receives rows × columns, row-major; up to the next multiple of 16 it may receive the products of the padding,
     *     which are 0: no tile needs a store of its own for the end of a row
     * @param cOffset where its row 0 starts
     * @param cStride distance between its rows, at least columns rounded up to a multiple of 16
     */
    public static void multiply(
            float[] a,
            int aOffset,
            int aStride,
            int rows,
            int depth,
            float[] panels,
            int panelsOffset,
            int columns,
            float[] c,
            int cOffset,
            int cStride) {
        int block = Math.max(2 * ROW_QUANTUM, CACHED / Math.max(1, depth) / ROW_QUANTUM * ROW_QUANTUM);
        for (int row = 0; row < rows; row += block) {
            int from = aOffset + row * aStride;
            int count = Math.min(block, rows - row);
            block(a, from, aStride, count, depth, panels, panelsOffset, columns, c, cOffset + row * cStride, cStride);
        }
    }

    private static void block(
            float[] a,
            int aOffset,
            int aStride,
            int rows,
            int depth,
            float[] panels,
            int panelsOffset,
            int columns,
            float[] c,
            int cOffset,
            int cStride) {
        int done = rows == 1 ? row(a, aOffset, depth, panels, panelsOffset, columns, c, cOffset) : 0;
        for (int first = done; first < columns; first += WeightPanels.PANEL) {
            int width = WeightPanels.width(first / WeightPanels.PANEL, columns);
            int panel = panelsOffset + first * depth;
            if (width < 2 * LANES) {
                narrow(a, aOffset, aStride, rows, depth, panels, panel, c, cOffset + first, cStride);
                continue;
            }
            for (int inner = 0; inner < width && first + inner < columns; inner += 2 * LANES) {
                int at = panel + inner;
                int to = cOffset + first + inner;
                if (TileShape.TALL) {
                    tall(a, aOffset, aStride, rows, depth, panels, at, width, c, to, cStride);
                } else {
                    low(a, aOffset, aStride, rows, depth, panels, at, width, c, to, cStride);
                }
            }
        }
    }

    /** A single row over as many full panels as go in pairs of tiles; returns the columns that are done. */
    private static int row(
            float[] a, int aOffset, int depth, float[] panels, int panelsOffset, int columns, float[] c, int cOffset) {
        // The tiles of a pair stand in one panel or, where a panel is one tile wide, in neighbouring ones.
        int tile = 2 * LANES;
        int step = Math.max(WeightPanels.PANEL, 2 * tile);
        int first = 0;
        for (; first + step <= columns; first += step) {
            int panel = panelsOffset + first * depth;
            for (int inner = 0; inner < step; inner += 2 * tile) {
                int next = panel + (tile == WeightPanels.PANEL ? tile * depth : inner + tile);
                ShortProductTiles.row1(
                        a, aOffset, depth, panels, panel + inner, next, WeightPanels.PANEL, c, cOffset + first + inner);
            }
        }
        return first;
    }

    private static void tall(
            float[] a,
            int aOffset,
            int aStride,
            int rows,
            int depth,
            float[] panels,
            int panel,
            int width,
            float[] c,
            int cOffset,
            int cStride) {
        int row = 0;
        while (row < rows) {
            int from = aOffset + row * aStride;
            int to = cOffset + row * cStride;
            int left = rows - row;
            int height = TileShape.tall(left);
            if (height == 12) {
                TallProductTiles.rows12(a, from, aStride, depth, panels, panel, width, c, to, cStride);
            } else if (height == 8) {
                TallProductTiles.rows8(a, from, aStride, depth, panels, panel, width, c, to, cStride);
            } else {
                ShortProductTiles.rows4(a, from, aStride, left, depth, panels, panel, width, c, to, cStride);
            }
            row += height;
        }
    }

    private static void low(
            float[] a,
            int aOffset,
            int aStride,
            int rows,
            int depth,
            float[] panels,
            int panel,
            int width,
            float[] c,
            int cOffset,
            int cStride) {
        int row = 0;
        while (row < rows) {
            int from = aOffset + row * aStride;
            int to = cOffset + row * cStride;
            int left = rows - row;
            int height = TileShape.low(left);
            if (height == 6) {
                ShortProductTiles.rows6(a, from, aStride, depth, panels, panel, width, c, to, cStride);
            } else {
                ShortProductTiles.rows4(a, from, aStride, left, depth, panels, panel, width, c, to, cStride);
            }
            row += height;
        }
    }

    private static void narrow(
            float[] a,
            int aOffset,
            int aStride,
            int rows,
            int depth,
            float[] panels,
            int panel,
            float[] c,
            int cOffset,
            int cStride) {
        int row = 0;
        while (row < rows) {
            int from = aOffset + row * aStride;
            int to = cOffset + row * cStride;
            int left = rows - row;
            if (left >= 12) {
                NarrowProductTiles.rows12(a, from, aStride, depth, panels, panel, LANES, c, to, cStride);
                row += 12;
            } else {
                NarrowProductTiles.rows4(a, from, aStride, left, depth, panels, panel, LANES, c, to, cStride);
                row += 4;
            }
        }
    }
}
