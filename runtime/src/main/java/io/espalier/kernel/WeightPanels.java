package io.espalier.kernel;

import java.util.Arrays;

/**
 * The packed layout of a dense weight W[out][in], in which the master copy, its gradient and its moments are stored.
 *
 * <p>The outputs stand in panels of {@value #PANEL}; panel p holds the outputs from 32·p, and is 32 wide save the last,
 * whose width is the rest rounded up to 16. Element (o, i) sits at {@code 32·p·in + i·width + (o − 32·p)}. Columns that
 * no output uses hold 0 in weights, gradients and moments.
 */
public final class WeightPanels {

    /** Outputs in every panel but the last. */
    public static final int PANEL = 32;

    /** What the width of the last panel is a multiple of. */
    static final int QUANTUM = 16;

    private WeightPanels() {}

    /**
     * Floats that a packed weight takes.
     *
     * @param in inputs
     * @param out outputs
     * @return in times out rounded up to 16
     * @throws ArithmeticException if the product exceeds an {@code int}
     */
    public static int size(int in, int out) {
        return Math.multiplyExact(in, roundUp(out));
    }

    /**
     * The number of panels.
     *
     * @param out outputs
     * @return how many panels cover them
     */
    public static int count(int out) {
        return (out + PANEL - 1) / PANEL;
    }

    /**
     * The width of a panel.
     *
     * @param panel index of the panel, from 0 to {@code count(out) − 1}
     * @param out outputs
     * @return 32, or 16 for a last panel that holds no more than 16 outputs
     */
    public static int width(int panel, int out) {
        return Math.min(PANEL, roundUp(out) - panel * PANEL);
    }

    /**
     * Where an element sits.
     *
     * @param output index of the output
     * @param input index of the input
     * @param out outputs
     * @param in inputs
     * @return its position from the start of the packed weight
     */
    public static int position(int output, int input, int out, int in) {
        int panel = output / PANEL;
        int first = panel * PANEL;
        return first * in + input * width(panel, out) + (output - first);
    }

    /**
     * Fills the transposed weight, which is W<sup>T</sup> in the same layout with the roles of inputs and outputs exchanged,
     * from some panels of W; its size is {@code size(out, in)}. Different threads may take different panels.
     *
     * @param w holds the packed weight
     * @param wOffset where it starts
     * @param in inputs of W
     * @param out outputs of W
     * @param t receives the transposed panels
     * @param tOffset where the transposed weight starts
     * @param fromPanel first panel of W, of its {@code count(out)} ones
     * @param toPanel the panel after the last one
     */
    public static void transpose(
            float[] w, int wOffset, int in, int out, float[] t, int tOffset, int fromPanel, int toPanel) {
        for (int panel = fromPanel; panel < toPanel; panel++) {
            int firstOutput = panel * PANEL;
            int sourceWidth = width(panel, out);
            int sourceUsed = Math.min(sourceWidth, out - firstOutput);
            for (int firstInput = 0; firstInput < in; firstInput += PANEL) {
                int width = width(firstInput / PANEL, in);
                int used = Math.min(width, in - firstInput);
                int origin = wOffset + firstOutput * in + firstInput * sourceWidth;
                int target = tOffset + firstInput * out + firstOutput * width;
                if (used == PANEL && sourceUsed == PANEL) {
                    square(w, origin, t, target);
                } else {
                    block(w, origin, sourceWidth, used, sourceUsed, t, target, width);
                }
            }
        }
    }

    /** Transposes a block of {@value #PANEL} × {@value #PANEL}; constant widths make it three times as fast as any other. */
    private static void square(float[] w, int wOffset, float[] t, int tOffset) {
        if (BlockTranspose.IN_REGISTERS) {
            int side = BlockTranspose.SIDE;
            BlockTranspose.block(w, wOffset, PANEL, t, tOffset, PANEL);
            BlockTranspose.block(w, wOffset + side, PANEL, t, tOffset + side * PANEL, PANEL);
            BlockTranspose.block(w, wOffset + side * PANEL, PANEL, t, tOffset + side, PANEL);
            BlockTranspose.block(w, wOffset + side * PANEL + side, PANEL, t, tOffset + side * PANEL + side, PANEL);
            return;
        }
        for (int column = 0; column < PANEL; column++) {
            int target = tOffset + column * PANEL;
            int source = wOffset + column;
            for (int row = 0; row < PANEL; row++) {
                t[target + row] = w[source + row * PANEL];
            }
        }
    }

    /** Transposes rows × columns of w into columns × rows of t, whose rows are padded with 0 to their width. */
    private static void block(
            float[] w, int wOffset, int wWidth, int rows, int columns, float[] t, int tOffset, int tWidth) {
        for (int column = 0; column < columns; column++) {
            int target = tOffset + column * tWidth;
            for (int row = 0; row < rows; row++) {
                t[target + row] = w[wOffset + row * wWidth + column];
            }
            Arrays.fill(t, target + rows, target + tWidth, 0f);
        }
    }

    private static int roundUp(int outputs) {
        return (outputs + QUANTUM - 1) / QUANTUM * QUANTUM;
    }
}
