package io.espalier.train;

import io.espalier.kernel.Slices;

/** A phase of a pass over the rows of a batch, as many tasks of whole slices for each thread. */
final class RowTasks implements Workers.Job {
    /** Rows that one task takes through the network at a time: enough to use a weight often while it is in the cache. */
    private static final int MOST_ROWS = 128;

    private static final RowPhase NOTHING = (phase, from, to) -> {};

    private final Workers workers;
    private RowPhase owner = NOTHING;
    private int phase;
    private int size;
    private int rowsPerTask;

    RowTasks(Workers workers) {
        this.workers = workers;
    }

    void run(RowPhase ofOwner, int number, int rows) {
        owner = ofOwner;
        phase = number;
        size = rows;
        // Equally many tasks for each thread, so that none waits for another's last one.
        int ofShare = Math.ceilDiv(Slices.count(rows), workers.count());
        int tasksOfShare = Math.ceilDiv(ofShare, MOST_ROWS / Slices.ROWS);
        rowsPerTask = Math.ceilDiv(ofShare, tasksOfShare) * Slices.ROWS;
        workers.run(this, Math.ceilDiv(rows, rowsPerTask));
    }

    @Override
    public void run(int task, int worker) {
        int from = task * rowsPerTask;
        owner.rows(phase, from, Math.min(from + rowsPerTask, size));
    }
}
