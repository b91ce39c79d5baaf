package io.espalier.benchmarks.kernels;

import io.espalier.kernel.WeightPanels;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dense layer in a network, as {@code W1 256x128 @32}: of 256 inputs, 128 outputs, with 32 examples.
 *
 * @param in inputs
 * @param out outputs
 * @param batch examples
 * @param widest values in a row of the network's gradient buffer
 */
record ProductShape(int in, int out, int batch, int widest) {
    /** Rows that a training step takes through the network at a time. */
    private static final int ROWS_PER_TASK = 128;

    /** From so many values on, a weight is multiplied some panels at a time with the whole batch. */
    private static final int WIDE = 1 << 18;

    /** Rows that the panels of a wide weight go over at a time. */
    private static final int WIDE_ROWS = 256;

    /** Panels of a wide weight that are multiplied at a time. */
    private static final int WIDE_PANELS = 4;

    private static final Pattern TEXT = Pattern.compile("(\\w+) (\\d+)x(\\d+) @(\\d+)");

    static ProductShape of(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text + " is not like \"W1 256x128 @32\"");
        }
        int in = Integer.parseInt(matcher.group(2));
        int out = Integer.parseInt(matcher.group(3));
        int widest =
                switch (matcher.group(1)) {
                    case "W1" -> 256;
                    case "W2" -> 1024;
                    default -> stride(Math.max(in, out));
                };
        return new ProductShape(in, out, Integer.parseInt(matcher.group(4)), widest);
    }

    /** Rows of a call of the product. */
    int rowsPerCall() {
        return isWide() ? WIDE_ROWS : ROWS_PER_TASK;
    }

    /**
     * Columns of a call of the product on one thread.
     *
     * @param columns those of the product: outputs forward, inputs backward
     */
    int columnsPerCall(int columns) {
        return isWide() ? Math.clamp(WeightPanels.count(columns) / 2, 1, WIDE_PANELS) * WeightPanels.PANEL : columns;
    }

    private boolean isWide() {
        return in * out >= WIDE;
    }

    double operations() {
        return 2.0 * in * out * batch;
    }

    /** Rows start at multiples of 16 values, as in a training step. */
    static int stride(int width) {
        return Math.ceilDiv(width, 16) * 16;
    }
}
