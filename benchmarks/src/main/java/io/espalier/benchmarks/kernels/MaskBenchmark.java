package io.espalier.benchmarks.kernels;

import io.espalier.kernel.DropoutMask;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Dropout masks alone, up to 128 rows at a time as a training step of one thread draws them. They are bound by arithmetic on integers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MaskBenchmark {
    private static final int WIDTH = 256;
    private static final int ROWS_PER_TASK = 128;

    @Param({"64", "65536"})
    int rows;

    private long[] bits = {};
    private int step;

    static Work work(BenchmarkParams params) {
        int rows = Integer.parseInt(params.getParam("rows"));
        return Work.pass(rows + "x" + WIDTH, (double) rows * WIDTH, 0, null);
    }

    /** A bit for each value. */
    @Setup
    public void allocate() {
        bits = new long[rows * DropoutMask.wordsPerRow(WIDTH)];
    }

    /**
     * The masks of one stage in one step.
     *
     * @return the bits
     */
    @Benchmark
    public long[] fill() {
        step++;
        int threshold = DropoutMask.threshold(0.3);
        for (int from = 0; from < rows; from += ROWS_PER_TASK) {
            DropoutMask.fill(bits, WIDTH, threshold, 42, 1, step, 0, from, Math.min(from + ROWS_PER_TASK, rows));
        }
        return bits;
    }
}
