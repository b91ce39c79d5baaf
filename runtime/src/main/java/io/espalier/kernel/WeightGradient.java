package io.espalier.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Gradients of a dense weight and its bias, one panel of outputs at a time.
 *
 * <p>An element is the sum over rows of x·g: a chain of fused multiply-adds over each leaf of {@value #LEAF} rows, and the
 * fixed binary tree over the leaves. Panels are the unit of parallel work, so that threads cannot change the bits.
 */
public final class WeightGradient {

    /** Rows of one leaf of the tree: eight slices. */
    public static final int LEAF = 8 * Slices.ROWS;

    private static final VectorSpecies<Float> FLOATS = Simd.FLOATS;
    private static final int LANES = FLOATS.length();
    private static final int PANEL = WeightPanels.PANEL;

    /**
     * Inputs whose sums over a leaf are taken one after the other, so that the leaf's packed gradients (16 KB) stay in the
     * first-level cache meanwhile: a multiple of every tile's height.
     */
    private static final int GROUP = 96;

    private WeightGradient() {}

    /**
     * Floats of working space that {@link #panel} needs.
     *
     * @param rows rows of the batch
     * @return the length of its {@code scratch}
     */
    public static int scratchSize(int rows) {
        int levels = FixedTree.height(leaves(rows));
        return Math.addExact(Math.multiplyExact(rows, PANEL), levels * GROUP * PANEL);
    }

    /**
     * dW[j][i] = Σ<sub>r</sub> x[r][i]·g[r][j] for the outputs j of one panel and all inputs i; and, where there is a bias,
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
     * @param panel index of the panel
     * @param dw packed weight gradient; this panel of it is written, its padding columns with 0
     * @param dwOffset where the packed weight gradient (its panel 0) starts
     * @param bias bias gradient of all outputs, or null where there is no bias
     * @param biasOffset where the bias gradient (its output 0) starts
     * @param add whether the sums are added to what is there rather than stored over it
     * @param scratch working space of {@link #scratchSize} floats, one for each thread
     */
    public static void panel(
            float[] x,
            int xOffset,
            int xStride,
            int in,
            float[] g,
            int gOffset,
            int gStride,
            int out,
            int rows,
            int panel,
            float[] dw,
            int dwOffset,
            float @Nullable [] bias,
            int biasOffset,
            boolean add,
            float[] scratch) {
        int first = panel * PANEL;
        int width = WeightPanels.width(panel, out);
        int used = Math.min(width, out - first);
        pack(g, gOffset + first, gStride, used, width, rows, scratch);
        int stack = rows * PANEL;
        if (bias != null) {
            biasSums(scratch, width, rows, stack, used, bias, biasOffset + first, add);
        }
        int target = dwOffset + first * in;
        if (rows <= LEAF) {
            leaf(x, xOffset, xStride, in, rows, scratch, 0, width, dw, target, add);
            return;
        }
        for (int input = 0; input < in; input += GROUP) {
            int inputs = Math.min(GROUP, in - input);
            int at = target + input * width;
            group(x, xOffset + input, xStride, inputs, rows, scratch, width, stack, dw, at, add);
        }
    }

    /** A group of inputs over all leaves, through the tree. */
    private static void group(
            float[] x,
            int xOffset,
            int xStride,
            int inputs,
            int rows,
            float[] scratch,
            int width,
            int stack,
            float[] dw,
            int to,
            boolean add) {
        int size = inputs * width;
        int top = 0;
        for (int row = 0, leaf = 0; row < rows; row += LEAF, leaf++) {
            int count = Math.min(LEAF, rows - row);
            int from = xOffset + row * xStride;
            leaf(x, from, xStride, inputs, count, scratch, row * PANEL, width, scratch, stack + top * size, false);
            top = FixedTree.merge(scratch, stack, size, top + 1, leaf);
        }
        FixedTree.finish(scratch, stack, size, top);
        if (add) {
            ColumnSums.accumulate(scratch, stack, size, dw, to);
        } else {
            System.arraycopy(scratch, stack, dw, to, size);
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
            int tOffset,
            boolean add) {
        int step = Math.min(width, 2 * LANES);
        for (int column = 0; column < width; column += step) {
            int input = 0;
            while (input < inputs) {
                int height = height(inputs - input, step);
                int from = xOffset + input;
                int to = tOffset + input * width + column;
                tile(x, from, xStride, rows, g, gOffset + column, height, step, t, to, width, add);
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
            int tStride,
            boolean add) {
        if (step < 2 * LANES) {
            switch (height) {
                case 12 ->
                    NarrowGradientTiles.inputs12(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride, add);
                case 4 -> NarrowGradientTiles.inputs4(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride, add);
                default -> NarrowGradientTiles.inputs1(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride, add);
            }
            return;
        }
        switch (height) {
            case 12 -> TallGradientTiles.inputs12(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride, add);
            case 8 -> TallGradientTiles.inputs8(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride, add);
            case 6 -> ShortGradientTiles.inputs6(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride, add);
            case 4 -> ShortGradientTiles.inputs4(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride, add);
            default -> ShortGradientTiles.inputs1(x, xOffset, xStride, rows, g, gOffset, t, tOffset, tStride, add);
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
    private static void pack(float[] g, int gOffset, int gStride, int used, int width, int rows, float[] packed) {
        for (int row = 0; row < rows; row++) {
            int from = gOffset + row * gStride;
            int to = row * PANEL;
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

    /** Column sums of the packed gradients, with the leaves and the tree of the weights. */
    private static void biasSums(
            float[] packed, int width, int rows, int stack, int used, float[] bias, int biasOffset, boolean add) {
        int top = 0;
        for (int row = 0, leaf = 0; row < rows; row += LEAF, leaf++) {
            int end = Math.min(rows, row + LEAF) * PANEL;
            for (int column = 0; column < width; column += LANES) {
                FloatVector sums = FloatVector.zero(FLOATS);
                for (int at = row * PANEL + column; at < end; at += PANEL) {
                    sums = FloatVector.fromArray(FLOATS, packed, at).add(sums);
                }
                sums.intoArray(packed, stack + top * width + column);
            }
            top = FixedTree.merge(packed, stack, width, top + 1, leaf);
        }
        FixedTree.finish(packed, stack, width, top);
        if (add) {
            ColumnSums.accumulate(packed, stack, used, bias, biasOffset);
        } else {
            System.arraycopy(packed, stack, bias, biasOffset, used);
        }
    }

    private static int leaves(int rows) {
        return (rows + LEAF - 1) / LEAF;
    }
}
