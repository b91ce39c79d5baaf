package io.espalier.benchmarks.kernels;

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

    /** A weight of so many values is multiplied with the whole batch at once. */
    private static final int WIDE = 1 << 18;

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

    int rowsPerCall() {
        return in * out >= WIDE ? batch : Math.min(batch, ROWS_PER_TASK);
    }

    double operations() {
        return 2.0 * in * out * batch;
    }

    /** Rows start at multiples of 16 values, as in a training step. */
    static int stride(int width) {
        return Math.ceilDiv(width, 16) * 16;
    }
}
