package io.espalier.train;

/** A part of a training step that treats rows of the batch independently of each other, so that threads share the rows. */
public interface RowPhase {
    /**
     * Does the phase for some rows.
     *
     * @param phase which of the implementor's phases
     * @param from first row, the first one of a slice
     * @param to row after the last
     */
    void rows(int phase, int from, int to);
}
