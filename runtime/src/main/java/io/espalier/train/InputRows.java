package io.espalier.train;

import io.espalier.emitted.PassBuilder;
import io.espalier.emitted.PhaseCode;

/** Copies the examples of a batch to where the first stages read them. */
final class InputRows implements PhaseCode {
    private final PassBuilder built;
    private float[] inputs = {};

    InputRows(PassBuilder built) {
        this.built = built;
    }

    void begin(float[] ofBatch) {
        inputs = ofBatch;
    }

    @Override
    public void phase(int number, int from, int to, int worker) {
        built.copyInputs(inputs, from, from, to - from);
    }
}
