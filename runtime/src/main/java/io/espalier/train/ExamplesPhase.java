package io.espalier.train;

import io.espalier.emitted.PhaseCode;
import io.espalier.emitted.PhaseEntry;
import io.espalier.kernel.Slices;
import java.util.List;

/**
 * A phase in which examples do not depend on each other, in tasks of whole slices that the threads share. It has one part or
 * several: a task takes its rows through all of them, so that what one part leaves in the cache the next one finds there.
 */
final class ExamplesPhase implements Phase, Workers.Job {
    /** Rows that one task takes through the network at a time: enough to use a weight often while it is in the cache. */
    private static final int MOST_ROWS = 128;

    private final Workers workers;
    private final PhaseCode[] codes;
    private final int[] numbers;
    private int size;
    private int rowsPerTask;

    ExamplesPhase(Workers workers, List<PhaseEntry.OverExamples> parts) {
        this.workers = workers;
        this.codes = parts.stream().map(PhaseEntry.OverExamples::code).toArray(PhaseCode[]::new);
        this.numbers = parts.stream().mapToInt(PhaseEntry.OverExamples::number).toArray();
    }

    @Override
    public void run(int rows) {
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
        int to = Math.min(from + rowsPerTask, size);
        for (int part = 0; part < codes.length; part++) {
            codes[part].phase(numbers[part], from, to, worker);
        }
    }
}
