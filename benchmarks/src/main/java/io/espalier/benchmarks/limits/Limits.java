package io.espalier.benchmarks.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What this machine can do at most, for results to stand beside.
 *
 * @param threads threads that did it together
 * @param multiplyAdds floating-point operations per second of fused multiply-adds in registers, two each
 * @param memoryCopy bytes per second copied from memory to memory, each counted once
 * @param cacheCopy bytes per second copied within the second-level cache, each counted once
 */
public record Limits(int threads, double multiplyAdds, double memoryCopy, double cacheCopy) {
    private static final long WINDOW_NANOS = 80_000_000;

    /** Windows of a probe: the first two are for the compiler; of the others the best counts. */
    private static final int WINDOWS = 6;

    private static final int WARM_UP = 2;

    /**
     * Measures for about one and a half seconds.
     *
     * @param threads how many threads work at the same time
     * @return the limits
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public static Limits measure(int threads) throws InterruptedException {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            return new Limits(
                    threads,
                    best(pool, threads, Limit.MULTIPLY_ADDS),
                    best(pool, threads, Limit.MEMORY_COPY),
                    best(pool, threads, Limit.CACHE_COPY));
        }
    }

    private static double best(ExecutorService pool, int threads, Limit limit) throws InterruptedException {
        List<Probe> ofThreads = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            ofThreads.add(limit.probe(threads));
        }
        double best = 0;
        for (int window = 0; window < WINDOWS; window++) {
            double passes = window(pool, ofThreads);
            if (window >= WARM_UP) {
                best = Math.max(best, passes * limit.amount(threads));
            }
        }
        return best;
    }

    /** All threads at once for a while: passes per second, theirs together. */
    private static double window(ExecutorService pool, List<Probe> probes) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(probes.size());
        List<Future<Double>> rates = new ArrayList<>();
        for (Probe probe : probes) {
            rates.add(pool.submit(() -> {
                start.await();
                return rate(probe);
            }));
        }
        double sum = 0;
        for (Future<Double> rate : rates) {
            try {
                sum += rate.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return sum;
    }

    private static double rate(Probe probe) {
        long begin = System.nanoTime();
        long passes = 0;
        long elapsed;
        do {
            probe.pass();
            passes++;
            elapsed = System.nanoTime() - begin;
        } while (elapsed < WINDOW_NANOS);
        return passes * 1e9 / elapsed;
    }
}
