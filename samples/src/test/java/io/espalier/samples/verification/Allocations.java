package io.espalier.samples.verification;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Counts the bytes that this thread and the workers of training steps allocate. */
final class Allocations {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int REPETITIONS = 20;

    /** Rounds to become quiet in: until the compiler is done, vectors are objects. */
    private static final int ROUNDS = 2_000;

    private Allocations() {}

    /**
     * Repeats an action until some repetitions in a row have allocated nothing in any thread.
     *
     * @return the fewest bytes that a round of repetitions has allocated: 0 unless the action allocates each time
     */
    static long leastBytes(int workers, Runnable action) {
        return leastBytes(workers, ROUNDS, action);
    }

    /** The same for an action that does allocate, of which no more than so many rounds are waited for. */
    static long leastBytes(int workers, int rounds, Runnable action) {
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread == Thread.currentThread()
                        || thread.getName().startsWith("espalier-") && thread.isAlive())
                .toList();
        if (threads.size() != workers + 1) {
            throw new IllegalStateException(
                    "Expected " + workers + " workers beside this thread, but there are " + threads);
        }
        long[] ids = threads.stream().mapToLong(Thread::threadId).toArray();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < rounds && least > 0; round++) {
            long before = allocated(ids);
            for (int i = 0; i < REPETITIONS; i++) {
                action.run();
            }
            least = Math.min(least, allocated(ids) - before);
        }
        return least;
    }

    private static long allocated(long[] ids) {
        long sum = 0;
        for (long id : ids) {
            sum += THREADS.getThreadAllocatedBytes(id);
        }
        return sum;
    }
}
