package io.espalier.train;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that run the tasks of one job after another together with the thread that asks for it. A job's tasks are handed
 * out by a counter, so which thread runs which task varies; what the tasks compute must not depend on it.
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

    private final Thread[] threads;
    private final AtomicInteger parked = new AtomicInteger();

    /** The job's number in the upper half, its next task in the lower: one claim is one compare-and-set. */
    private final AtomicLong state = new AtomicLong();

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
     * Runs all tasks of a job and returns when they are done.
     *
     * @throws RuntimeException what a task threw
     */
    void run(Job next, int taskCount) {
        if (threads.length == 0 || taskCount == 1) {
            for (int task = 0; task < taskCount; task++) {
                next.run(task, 0);
            }
            return;
        }
        // A thread that is late for the job before must not take this one's number of tasks for that one's: its counter
        // runs out before the fields change.
        state.set(state.get() | Integer.MAX_VALUE);
        job = next;
        tasks = taskCount;
        completed.set(0);
        caller = Thread.currentThread();
        long published = ((state.get() >>> 32) + 1) << 32;
        state.set(published);
        if (parked.get() > 0) {
            for (Thread thread : threads) {
                LockSupport.unpark(thread);
            }
        }
        claim(published, 0);
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
            long now = awaitJob(seen);
            seen = now >>> 32;
            claim(now, worker);
        }
    }

    private long awaitJob(long seen) {
        long now = state.get();
        for (int spin = 0; now >>> 32 == seen && !closed; spin++) {
            if (spin < SPINS) {
                Thread.onSpinWait();
            } else {
                parked.incrementAndGet();
                if (state.get() >>> 32 == seen && !closed) {
                    LockSupport.park(this);
                }
                parked.decrementAndGet();
            }
            now = state.get();
        }
        return now;
    }

    /** Claims and runs tasks of one job until none is left. */
    private void claim(long published, int worker) {
        long number = published >>> 32;
        while (true) {
            long now = state.get();
            int task = (int) now;
            Job current = job;
            int count = tasks;
            if (now >>> 32 != number || task >= count) {
                return;
            }
            if (state.compareAndSet(now, now + 1)) {
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
