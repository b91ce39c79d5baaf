package io.espalier.train;

import io.espalier.emitted.PassBuilder;
import io.espalier.emitted.PhaseCode;

/** Copies the rows of a batch to where the first stage reads them, padded. */
final class InputRows implements PhaseCode {
    private final int width;
    private final int stride;
    private final float[] input;
    private float[] inputs = {};

    InputRows(int width, float[] input) {
        this.width = width;
        this.stride = PassBuilder.stride(width);
        this.input = input;
    }

    void begin(float[] ofBatch) {
        inputs = ofBatch;
    }

    @Override
    public void phase(int number, int from, int to, int worker) {
        if (width == stride) {
            System.arraycopy(inputs, from * width, input, from * width, (to - from) * width);
        } else {
            for (int row = from; row < to; row++) {
                System.arraycopy(inputs, row * width, input, row * stride, width);
            }
        }
    }
}
