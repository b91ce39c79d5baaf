package io.espalier.benchmarks.limits;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** The probes of each {@link Limit} under the harness that measures the kernels; how many threads run them is said there. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LimitsBenchmark {
    @Param
    Limit limit = Limit.MULTIPLY_ADDS;

    private Probe probe = Copy.cache();

    /**
     * Allocates what the probe works on.
     *
     * @param threads how many there are
     */
    @Setup
    public void allocate(ThreadParams threads) {
        probe = limit.probe(threads.getThreadCount());
    }

    /**
     * One pass of the probe.
     *
     * @return a value of the outcome
     */
    @Benchmark
    public float pass() {
        return probe.pass();
    }
}
