package io.espalier.train;

/** A phase of a pass: returns when it is done for all rows of the batch, on whatever threads. */
sealed interface Phase permits ExamplesPhase, BatchPhase, WideProduct {
    void run(int rows);
}
