package io.espalier.train;

import io.espalier.emitted.PhaseCode;

/** A phase that needs the whole batch and is done once, by the thread that drives the step. */
record BatchPhase(PhaseCode code, int number) implements Phase {
    @Override
    public void run(int rows) {
        code.phase(number, 0, rows, 0);
    }
}
