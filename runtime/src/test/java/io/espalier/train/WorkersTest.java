package io.espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Every task runs once, whatever the shares, and a job is over when its call returns. */
class WorkersTest {
    @Test
    void everyTaskOfEveryJobRunsOnce() {
        long seed = System.nanoTime();
        System.out.println("seed of everyTaskOfEveryJobRunsOnce: " + seed);
        Random random = new Random(seed);
        for (int threads : new int[] {1, 2, 3, 8}) {
            try (Workers workers = new Workers(threads)) {
                workers.start();
                for (int job = 0; job < 3_000; job++) {
                    int[] ends = new int[threads];
                    for (int share = 0, end = 0; share < threads; share++) {
                        end += random.nextInt(5);
                        ends[share] = end;
                    }
                    int tasks = ends[threads - 1];
                    AtomicIntegerArray runs = new AtomicIntegerArray(tasks + 1);
                    Workers.Job count = (task, worker) -> {
                        assertThat(worker).isBetween(0, threads - 1);
                        runs.incrementAndGet(task);
                    };
                    if (job % 2 == 0) {
                        workers.run(count, ends);
                    } else {
                        workers.run(count, tasks);
                    }
                    for (int task = 0; task < tasks; task++) {
                        assertThat(runs.get(task))
                                .as("task %d of %d", task, tasks)
                                .isEqualTo(1);
                    }
                    assertThat(runs.get(tasks)).isZero();
                }
            }
        }
    }

    @Test
    void eachThreadBeginsWithItsOwnShare() {
        try (Workers workers = new Workers(2)) {
            workers.start();
            int[] by = new int[2];
            // Both tasks wait for each other, so that no thread can run two.
            CyclicBarrier both = new CyclicBarrier(2);
            for (int job = 0; job < 200; job++) {
                workers.run(
                        (task, worker) -> {
                            by[task] = worker;
                            try {
                                both.await(1, TimeUnit.MINUTES);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        2);
                assertThat(by).containsExactly(0, 1);
            }
        }
    }

    @Test
    void whatATaskThrowsComesOutAndTheNextJobRuns() {
        try (Workers workers = new Workers(2)) {
            workers.start();
            assertThatThrownBy(() -> workers.run(
                            (task, worker) -> {
                                if (task == 3) {
                                    throw new IllegalArgumentException("task 3");
                                }
                            },
                            6))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("task 3");
            AtomicIntegerArray runs = new AtomicIntegerArray(6);
            workers.run((task, worker) -> runs.incrementAndGet(task), 6);
            assertThat(runs.toString()).isEqualTo("[1, 1, 1, 1, 1, 1]");
        }
    }
}
