package io.espalier.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Gradients of a dense weight and its bias, some panels of outputs at a time.
 *
 * <p>An element is the sum over rows of x·g: a chain of fused multiply-adds over each part of at most {@value #LEAF} rows, the
 * fixed binary tree over the parts of a leaf, and that over the leaves. A leaf is 32 slices ({@link Slices}): where an example is
 * one row, it has one part. Panels are the unit of parallel work, so that threads cannot change the bits.
 */
public final class WeightGradient {

    /** The most rows of one chain: with 128 rows the partial sums' way through memory took a tenth of the time. */
    public static final int LEAF = 512;

    private static final int SLICES_OF_LEAF = LEAF / Slices.ROWS;

    /**
     * The most panels of one call. They share each block of inputs, which is packed for them: rows of inputs often lie
     * multiples of 4 KB apart, where a first-level cache can hold few of them, and those of a large batch are beyond the
     * second-level cache as well.
     */
    public static final int MOST_PANELS = 8;

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();
    private static final int PANEL = WeightPanels.PANEL;

    /**
     * Inputs whose sums over a leaf are taken one after the other, so that packed inputs of a leaf stay in the
     * second-level cache meanwhile: a multiple of every tile's height.
     */
    private static final int GROUP = 96;

    /** Inputs from which on packing them for several panels pays: rows 2 KB apart fight for few places of a cache. */
    private static final int PACKED_INPUTS = 512;

    private WeightGradient() {}

    /**
     * How many panels a call should take.
     *
     * @param in number of inputs
     * @param out number of outputs
     * @param threads how many threads share the panels
     * @return from 1 to {@value #MOST_PANELS}
     */
    public static int panelsAtOnce(int in, int out, int threads) {
        return in < PACKED_INPUTS ? 1 : Math.clamp(WeightPanels.count(out) / (2L * threads), 1, MOST_PANELS);
    }

    /**
     * Floats of working space that {@link #panels} needs: they grow with the batch as the height of a tree does.
     *
     * @param examples examples of the batch
     * @param positions rows of an example
     * @param in number of inputs
     * @param panels panels of a call
     * @return the length of its {@code scratch}
     */
    public static int scratchSize(int examples, int positions, int in, int panels) {
        int sums = Math.multiplyExact(mostSums(Math.multiplyExact(examples, positions), positions), sumSize(in, PANEL));
        int ofPanel = Math.addExact(LEAF * PANEL, sums);
        return Math.addExact(Math.multiplyExact(panels, ofPanel), LEAF * GROUP);
    }

    /** The most partial sums of a panel that wait at a time: those of earlier leaves, and the parts of the one at hand. */
    private static int mostSums(int rows, int positions) {
        int leafRows = leafRows(positions);
        return FixedTree.height(Math.ceilDiv(rows, leafRows)) + FixedTree.height(Math.ceilDiv(leafRows, LEAF)) - 1;
    }

    private static int leafRows(int positions) {
        return SLICES_OF_LEAF * Slices.rows(positions);
    }

    /** Floats of one partial sum of a panel: a row for each input, and one for the bias. */
    private static int sumSize(int in, int width) {
        return (in + 1) * width;
    }

    /**
     * dW[j][i] = Σ<sub>r</sub> x[r][i]·g[r][j] for the outputs j of some panels and all inputs i; and, where there is a bias,
     * its gradient Σ<sub>r</sub> g[r][j].
     *
     * @param x inputs of the layer, rows × in, row-major
     * @param xOffset where row 0 starts
     * @param xStride distance between rows, at least in
     * @param in number of inputs
     * @param g gradient of the layer's output, rows × out, row-major
     * @param gOffset where row 0 starts
     * @param gStride distance between rows, at least out
     * @param out number of outputs
     * @param rows rows of the batch, at least 1
     * @param positions rows of an example, at least 1
     * @param fromPanel index of the first panel
     * @param toPanel the index after the last one's, at most {@value #MOST_PANELS} further
     * @param dw packed weight gradient; these panels of it are written, padding columns with 0
     * @param dwOffset where the packed weight gradient (its panel 0) starts
     * @param bias bias gradient of all outputs, or null where there is no bias
     * @param biasOffset where the bias gradient (its output 0) starts
     * @param add whether the sums are added to what is there rather than stored over it
     * @param scratch working space of {@link #scratchSize} floats, one for each thread
     */
    public static void panels(
            float[] x,
            int xOffset,
            int xStride,
            int in,
            float[] g,
            int gOffset,
            int gStride,
            int out,
            int rows,
            int positions,
            int fromPanel,
            int toPanel,
            float[] dw,
            int dwOffset,
            float @Nullable [] bias,
            int biasOffset,
            boolean add,
            float[] scratch) {
        int panels = toPanel - fromPanel;
        int stackSize = mostSums(rows, positions) * sumSize(in, PANEL);
        int sums = panels * LEAF * PANEL;
        int inputs = sums + panels * stackSize;
        int leafRows = leafRows(positions);
        // A single part needs no tree.
        boolean direct = rows <= Math.min(leafRows, LEAF) && !add;
        int top = 0;
        for (int start = 0, leaf = 0; start < rows; start += leafRows, leaf++) {
            int end = Math.min(rows, start + leafRows);
            int waiting = 0;
            for (int row = start, part = 0; row < end; row += LEAF, part++) {
                int count = Math.min(LEAF, end - row);
                for (int panel = 0; panel < panels; panel++) {
                    int first = (fromPanel + panel) * PANEL;
                    int width = WeightPanels.width(fromPanel + panel, out);
                    int used = Math.min(width, out - first);
                    int packed = panel * LEAF * PANEL;
                    int sum = sums + panel * stackSize + (top + waiting) * sumSize(in, width);
                    pack(g, gOffset + row * gStride + first, gStride, used, width, count, scratch, packed);
                    biasSums(scratch, packed, width, count, sum + in * width);
                }
                for (int input = 0; input < in; input += GROUP) {
                    int some = Math.min(GROUP, in - input);
                    int from = xOffset + row * xStride + input;
                    if (panels > 1) {
                        packInputs(x, from, xStride, some, count, scratch, inputs);
                    }
                    for (int panel = 0; panel < panels; panel++) {
                        int width = WeightPanels.width(fromPanel + panel, out);
                        int packed = panel * LEAF * PANEL;
                        int sum = sums + panel * stackSize + (top + waiting) * sumSize(in, width);
                        float[] target = direct ? dw : scratch;
                        int to = (direct ? place(dwOffset, fromPanel + panel, in) : sum) + input * width;
                        if (panels > 1) {
                            leaf(scratch, inputs, GROUP, some, count, scratch, packed, width, target, to);
                        } else {
                            leaf(x, from, xStride, some, count, scratch, packed, width, target, to);
                        }
                    }
                }
                int merged = waiting;
                for (int panel = 0; panel < panels; panel++) {
                    int size = sumSize(in, WeightPanels.width(fromPanel + panel, out));
                    int stack = sums + panel * stackSize + top * size;
                    merged = FixedTree.merge(scratch, stack, size, waiting + 1, part);
                }
                waiting = merged;
            }
            int merged = top;
            for (int panel = 0; panel < panels; panel++) {
                int size = sumSize(in, WeightPanels.width(fromPanel + panel, out));
                int stack = sums + panel * stackSize;
                FixedTree.finish(scratch, stack + top * size, size, waiting);
                merged = FixedTree.merge(scratch, stack, size, top + 1, leaf);
            }
            top = merged;
        }
        for (int panel = 0; panel < panels; panel++) {
            int width = WeightPanels.width(fromPanel + panel, out);
            int first = (fromPanel + panel) * PANEL;
            int stack = sums + panel * stackSize;
            FixedTree.finish(scratch, stack, sumSize(in, width), top);
            if (!direct) {
                store(scratch, stack, in * width, dw, place(dwOffset, fromPanel + panel, in), add);
            }
            if (bias != null) {
                store(scratch, stack + in * width, Math.min(width, out - first), bias, biasOffset + first, add);
            }
        }
    }

    private static void store(float[] sums, int from, int count, float[] to, int offset, boolean add) {
        if (add) {
            ColumnSums.accumulate(sums, from, count, to, offset);
        } else {
            System.arraycopy(sums, from, to, offset, count);
        }
    }

    private static int place(int dwOffset, int panel, int in) {
        return dwOffset + panel * PANEL * in;
    }

    /** Copies some inputs of some rows into rows of {@value #GROUP}. */
    private static void packInputs(
            float[] x, int xOffset, int xStride, int count, int rows, float[] packed, int packedOffset) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(x, xOffset + row * xStride, packed, packedOffset + row * GROUP, count);
        }
    }

    /** Inputs over the rows of one leaf, tile by tile. */
    private static void leaf(
            float[] x,
            int xOffset,
            int xStride,
            int inputs,
            int rows,
            float[] g,
            int gOffset,
            int width,
            float[] t,
            int tOffset) {
        int step = Math.min(width, 2 * LANES);
        for (int column = 0; column < width; column += step) {
            int input = 0;
            while (input < inputs) {
                int height = height(inputs - input, step);
                int from = xOffset + input;
                int to = tOffset + input * width + column;
                tile(x, from, xStride, rows, g, gOffset + column, height, step, t, to, width);
                input += height;
            }
        }
    }

    private static void tile(
            float[] x,
            int xOffset,
            int xStride,
            int rows,
            float[] g,
            int gOffset,
            int height,
            int step,
            float[] t,
            int tOffset,
            int tStride) {
        if (step < 2 * LANES) {
            switch (height) {
                case 12 -> NarrowGradientTiles.inputs12(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride);
                case 4 -> NarrowGradientTiles.inputs4(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride);
                default -> NarrowGradientTiles.inputs1(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride);
            }
            return;
        }
        switch (height) {
            case 12 -> TallGradientTiles.inputs12(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride);
            case 8 -> TallGradientTiles.inputs8(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride);
            case 6 -> ShortGradientTiles.inputs6(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride);
            case 4 -> ShortGradientTiles.inputs4(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride);
            default -> ShortGradientTiles.inputs1(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride);
        }
    }

    private static int height(int left, int step) {
        if (left < 4) {
            return 1;
        }
        if (step < 2 * LANES) {
            return left >= 12 ? 12 : 4;
        }
        return TileShape.TALL ? TileShape.tall(left) : TileShape.low(left);
    }

    /** Copies the panel's columns of g into rows of {@value WeightPanels#PANEL}, padded with 0 to the panel's width. */
    private static void pack(
            float[] g, int gOffset, int gStride, int used, int width, int rows, float[] packed, int packedOffset) {
        for (int row = 0; row < rows; row++) {
            int from = gOffset + row * gStride;
            int to = packedOffset + row * PANEL;
            if (used == PANEL) {
                for (int j = 0; j < PANEL; j += LANES) {
                    FloatVector.fromArray(FLOATS, g, from + j).intoArray(packed, to + j);
                }
            } else {
                System.arraycopy(g, from, packed, to, used);
                Arrays.fill(packed, to + used, to + width, 0f);
            }
        }
    }

    /** Column sums of some rows of packed gradients. */
    private static void biasSums(float[] packed, int packedOffset, int width, int rows, int to) {
        int end = packedOffset + rows * PANEL;
        for (int column = 0; column < width; column += LANES) {
            FloatVector sums = FloatVector.zero(FLOATS);
            for (int at = packedOffset + column; at < end; at += PANEL) {
                sums = FloatVector.fromArray(FLOATS, packed, at).add(sums);
            }
            sums.intoArray(packed, to + column);
        }
    }
}
