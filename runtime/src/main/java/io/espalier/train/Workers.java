package io.espalier.train;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that run the tasks of one job after another together with the thread that asks for it. Each thread takes the tasks
 * of its own share first and then helps the others with theirs, so which thread runs which task varies; what the tasks
 * compute must not depend on it.
 *
 * <p>Shares are ranges of tasks, and tasks stand in the order of the memory that they work on: jobs that go over the same
 * memory mostly meet it in the cache of the same core. Handed out one by one instead, an update on two threads took longer
 * than on one, because much of what it read lay, freshly written, in the other core's cache.
 *
 * <p>A step has a handful of jobs of some microseconds each: between two of them threads spin for a while before they
 * park, and nothing is allocated and nothing locked.
 */
final class Workers implements AutoCloseable {
    /** A job: some tasks that may run at the same time. */
    interface Job {
        /**
         * Runs one task.
         *
         * @param task index of the task
         * @param worker index of the thread, for scratch memory of its own
         */
        void run(int task, int worker);
    }

    /** Turns of waiting before a thread parks: some tens of microseconds, longer than the gap between two jobs. */
    private static final int SPINS = 2_000;

    private static final Job NOTHING = (task, worker) -> {};

    /** Longs from one share's counter to the next, and in front of the first, so that each has two cache lines of its own. */
    private static final int SPACING = 16;

    private final Thread[] threads;
    private final AtomicInteger parked = new AtomicInteger();

    /** The number of the job that is open to all. */
    private final AtomicLong published = new AtomicLong();

    /** For each share, the job's number in the upper half, its next task in the lower: one claim is one compare-and-set. */
    private final AtomicLongArray next;

    /** Where the shares of the current job end. */
    private final int[] ends;

    private final int[] evenEnds;
    private final AtomicInteger completed = new AtomicInteger();
    private volatile Job job = NOTHING;
    private volatile int tasks;
    private boolean started;
    private volatile boolean callerParked;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;
    private @Nullable Thread caller;

    Workers(int count) {
        threads = new Thread[count - 1];
        next = new AtomicLongArray((count + 1) * SPACING);
        ends = new int[count];
        evenEnds = new int[count];
        for (int i = 0; i < threads.length; i++) {
            int worker = i + 1;
            threads[i] = Thread.ofPlatform().daemon().name("espalier-" + worker).unstarted(() -> work(worker));
        }
    }

    /** Starts the threads: not before all is allocated, so that nothing is left running when memory is short. */
    void start() {
        started = true;
        for (Thread thread : threads) {
            thread.start();
        }
    }

    int count() {
        return threads.length + 1;
    }

    /**
     * Runs all tasks of a job, in shares of equal number, and returns when they are done.
     *
     * @throws RuntimeException what a task threw
     */
    void run(Job work, int taskCount) {
        for (int share = 0; share < evenEnds.length; share++) {
            evenEnds[share] = (int) ((long) taskCount * (share + 1) / evenEnds.length);
        }
        run(work, evenEnds);
    }

    /**
     * Runs all tasks of a job and returns when they are done.
     *
     * @param work the job
     * @param shareEnds for each thread, the end of its share of the tasks, which begins where the one before ends
     * @throws RuntimeException what a task threw
     */
    void run(Job work, int[] shareEnds) {
        int taskCount = shareEnds[shareEnds.length - 1];
        if (threads.length == 0 || taskCount == 1) {
            for (int task = 0; task < taskCount; task++) {
                work.run(task, 0);
            }
            return;
        }
        // A thread that is late for the job before must not take this one's shares for that one's: its counters run out
        // before the fields change.
        for (int share = 0; share < ends.length; share++) {
            int at = counter(share);
            next.set(at, next.get(at) | Integer.MAX_VALUE);
        }
        job = work;
        tasks = taskCount;
        completed.set(0);
        caller = Thread.currentThread();
        long number = published.get() + 1;
        for (int share = 0, from = 0; share < ends.length; share++) {
            ends[share] = shareEnds[share];
            next.set(counter(share), number << 32 | from);
            from = shareEnds[share];
        }
        published.set(number);
        if (parked.get() > 0) {
            for (Thread thread : threads) {
                LockSupport.unpark(thread);
            }
        }
        claim(number, 0);
        awaitCompletion(taskCount);
        job = NOTHING;
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            throw thrown instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(thrown);
        }
    }

    private void awaitCompletion(int taskCount) {
        for (int spin = 0; completed.get() < taskCount; spin++) {
            if (spin < SPINS) {
                Thread.onSpinWait();
            } else {
                callerParked = true;
                if (completed.get() < taskCount) {
                    LockSupport.park(this);
                }
                callerParked = false;
            }
        }
    }

    private void work(int worker) {
        long seen = 0;
        while (!closed) {
            seen = awaitJob(seen);
            claim(seen, worker);
        }
    }

    private long awaitJob(long seen) {
        long now = published.get();
        for (int spin = 0; now == seen && !closed; spin++) {
            if (spin < SPINS) {
                Thread.onSpinWait();
            } else {
                parked.incrementAndGet();
                if (published.get() == seen && !closed) {
                    LockSupport.park(this);
                }
                parked.decrementAndGet();
            }
            now = published.get();
        }
        return now;
    }

    private static int counter(int share) {
        return (share + 1) * SPACING;
    }

    /** Claims and runs tasks of one job until none is left, those of the worker's own share first. */
    private void claim(long number, int worker) {
        for (int turn = 0, share = worker; turn < ends.length; turn++) {
            claim(number, share, worker);
            share = share + 1 < ends.length ? share + 1 : 0;
        }
    }

    private void claim(long number, int share, int worker) {
        int at = counter(share);
        while (true) {
            long now = next.get(at);
            int task = (int) now;
            Job current = job;
            int count = tasks;
            if (now >>> 32 != (number & 0xFFFF_FFFFL) || task >= ends[share]) {
                return;
            }
            // Nothing read above can be another job's: the counter has not moved since.
            if (next.compareAndSet(at, now, now + 1)) {
                try {
                    current.run(task, worker);
                } catch (Throwable thrown) {
                    failure = thrown;
                } finally {
                    if (completed.incrementAndGet() == count && callerParked) {
                        LockSupport.unpark(caller);
                    }
                }
            }
        }
    }

    /** Ends the threads and waits for them. */
    @Override
    public void close() {
        closed = true;
        if (!started) {
            return;
        }
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
