package io.espalier.benchmarks.kernels;

import io.espalier.benchmarks.limits.Limit;
import io.espalier.kernel.WeightPanels;
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

/** The second copy of a square weight, transposed after every update. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TransposeBenchmark {
    @Param({"256", "4096"})
    int width;

    private float[] weights = {};
    private float[] transposed = {};

    static Work work(BenchmarkParams params) {
        int width = Integer.parseInt(params.getParam("width"));
        Limit limit = width <= 256 ? Limit.CACHE_COPY : Limit.MEMORY_COPY;
        return Work.pass(width + "x" + width, (double) width * width, 2 * Float.BYTES, limit);
    }

    /** The weight may hold anything. */
    @Setup
    public void allocate() {
        weights = new float[WeightPanels.size(width, width)];
        transposed = new float[weights.length];
    }

    /**
     * All panels, two at a time as a training step takes them.
     *
     * @return the transposed weight
     */
    @Benchmark
    public float[] transpose() {
        int panels = WeightPanels.count(width);
        for (int from = 0; from < panels; from += 2) {
            WeightPanels.transpose(weights, 0, width, width, transposed, 0, from, Math.min(from + 2, panels));
        }
        return transposed;
    }
}
