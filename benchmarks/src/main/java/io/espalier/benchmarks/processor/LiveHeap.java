package io.espalier.benchmarks.processor;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** How much of the heap is in use while something runs: by collecting again and again, so that garbage does not count. */
final class LiveHeap implements Runnable {
    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();
    private static final long PAUSE_MILLIS = 20;

    private volatile boolean ended;
    private long most;

    private LiveHeap() {}

    /** What is in use now. */
    static long now() {
        System.gc();
        return MEMORY.getHeapMemoryUsage().getUsed();
    }

    /**
     * The most that is in use at a time while a task runs, which collecting slows down.
     *
     * @param task what runs
     * @return bytes, those in use before among them
     * @throws InterruptedException if the thread is interrupted while it waits for the last collection
     */
    static long most(Runnable task) throws InterruptedException {
        LiveHeap heap = new LiveHeap();
        Thread collector = Thread.ofPlatform().daemon().start(heap);
        try {
            task.run();
        } finally {
            heap.ended = true;
            collector.join();
        }
        return heap.most;
    }

    @Override
    public void run() {
        try {
            while (!ended) {
                most = Math.max(most, now());
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
