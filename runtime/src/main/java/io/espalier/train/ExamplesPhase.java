package io.espalier.train;

import io.espalier.emitted.PhaseCode;
import io.espalier.emitted.PhaseEntry;
import java.util.List;

/**
 * A phase in which examples do not depend on each other, in tasks of whole slices that the threads share. It has one part or
 * several: a task takes its rows through all of them, so that what one part leaves in the cache the next one finds there.
 */
final class ExamplesPhase implements Phase, Workers.Job {
    /** Examples that one task takes through the network at a time: enough to use a weight often while it is in the cache. */
    private static final int MOST_EXAMPLES = 128;

    /** What the buffers of a task's examples take together at most: more would leave the cache between two stages. */
    private static final long MOST_BYTES = 4L << 20;

    private final Workers workers;
    private final PhaseCode[] codes;
    private final int[] numbers;
    private int size;
    private final int slice;
    private final int mostSlices;
    private int examplesPerTask;

    /**
     * A phase of some parts.
     *
     * @param slice how many examples a task takes at least, and a multiple of them
     * @param mostSlices how many of these a task takes at most
     */
    ExamplesPhase(Workers workers, List<PhaseEntry.OverExamples> parts, int slice, int mostSlices) {
        this.workers = workers;
        this.slice = slice;
        this.mostSlices = mostSlices;
        this.codes = parts.stream().map(PhaseEntry.OverExamples::code).toArray(PhaseCode[]::new);
        this.numbers = parts.stream().mapToInt(PhaseEntry.OverExamples::number).toArray();
    }

    /**
     * How many slices a task takes at most.
     *
     * @param bytes what an example takes of the step's buffers
     * @param slice examples of a slice
     */
    static int mostSlices(long bytes, int slice) {
        return (int) Math.max(1, Math.min(MOST_EXAMPLES, MOST_BYTES / Math.max(1, bytes)) / slice);
    }

    @Override
    public void run(int rows) {
        size = rows;
        // Equally many tasks for each thread, so that none waits for another's last one.
        int ofShare = Math.ceilDiv(Math.ceilDiv(rows, slice), workers.count());
        int tasksOfShare = Math.ceilDiv(ofShare, mostSlices);
        examplesPerTask = Math.ceilDiv(ofShare, tasksOfShare) * slice;
        workers.run(this, Math.ceilDiv(rows, examplesPerTask));
    }

    @Override
    public void run(int task, int worker) {
        int from = task * examplesPerTask;
        int to = Math.min(from + examplesPerTask, size);
        for (int part = 0; part < codes.length; part++) {
            codes[part].phase(numbers[part], from, to, worker);
        }
    }
}
