package io.espalier.train;

import io.espalier.emitted.PassBuilder;
import io.espalier.emitted.PhaseCode;

/** Copies the gradient of a loss of one's own to where the backward pass starts from. */
final class GivenGradient implements PhaseCode {
    private static final float[] NONE = {};

    private final int width;
    private final float[] gradient;
    private final int stride;
    private float[] given = NONE;

    GivenGradient(int width, float[] gradient) {
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
        for (int row = from; row < to; row++) {
            System.arraycopy(given, row * width, gradient, row * stride, width);
        }
    }
}
