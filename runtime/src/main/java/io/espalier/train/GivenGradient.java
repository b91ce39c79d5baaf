package io.espalier.train;

import io.espalier.emitted.OutputGradient;
import io.espalier.emitted.PassBuilder;
import io.espalier.emitted.PhaseCode;

/** Copies the gradient of a loss of one's own to where the backward pass starts from. */
final class GivenGradient implements PhaseCode {
    private static final float[] NONE = {};

    private final int width;
    private final OutputGradient gradient;
    private final int stride;
    private float[] given = NONE;

    GivenGradient(int width, OutputGradient gradient) {
        this.width = width;
        this.gradient = gradient;
        this.stride = PassBuilder.stride(width);
    }

    void begin(float[] ofOutputs) {
        given = ofOutputs;
    }

    /** Keeps the caller's array no longer than it is needed. */
    void end() {
        given = NONE;
    }

    @Override
    public void phase(int number, int from, int to, int worker) {
        float[] array = gradient.array(worker);
        int first = gradient.firstRow(from);
        for (int row = 0; row < to - from; row++) {
            System.arraycopy(given, (from + row) * width, array, (first + row) * stride, width);
        }
    }
}
