package io.espalier.train;

import io.espalier.emitted.PassBuilder;
import io.espalier.emitted.PhaseCode;

/** Copies examples to where the first stages read them, in rows of positions that are padded or not. */
final class InputRows implements PhaseCode {
    private final int size;
    private final int positions;
    private final int width;
    private final int stride;
    private final float[] copied;
    private float[] inputs = {};

    /**
     * For code that is built.
     *
     * @param size input values of an example
     */
    InputRows(int size, PassBuilder built) {
        this.size = size;
        this.positions = built.inputPositions();
        this.width = size / positions;
        this.stride = built.inputStride();
        this.copied = built.inputs();
    }

    void begin(float[] ofBatch) {
        inputs = ofBatch;
    }

    @Override
    public void phase(int number, int from, int to, int worker) {
        copy(inputs, from, from, to - from);
    }

    /**
     * Copies some examples.
     *
     * @param from {@code [examples][size]}, row-major
     * @param first the first of them
     * @param to which example of the buffer it becomes
     */
    void copy(float[] from, int first, int to, int count) {
        if (copied.length == 0) {
            // Code that reads no inputs.
            return;
        }
        int rows = count * positions;
        int at = to * positions * stride;
        if (width == stride) {
            System.arraycopy(from, first * size, copied, at, rows * width);
            return;
        }
        for (int row = 0; row < rows; row++) {
            System.arraycopy(from, first * size + row * width, copied, at + row * stride, width);
        }
    }
}
