package io.espalier.benchmarks.kernels;

import io.espalier.benchmarks.limits.Limit;
import io.espalier.kernel.AdamUpdate;
import io.espalier.kernel.SgdUpdate;
import io.espalier.kernel.SquaredNorm;
import java.util.Arrays;
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

/** The passes of an update over all parameters, in blocks as a training step of one thread makes them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UpdateBenchmark {
    /** Values that a training step updates at a time. */
    private static final int BLOCK = 16_384;

    /** Up to this many parameters all four arrays of Adam fit a second-level cache of 2 MB. */
    private static final int CACHED = 100_000;

    @Param({"100000", "10000000"})
    int parameters;

    private float[] weights = {};
    private float[] gradients = {};
    private float[] first = {};
    private float[] second = {};

    static Work adam(BenchmarkParams params) {
        return work(params, 7); // reads w, g, m and v, writes w, m and v
    }

    static Work momentum(BenchmarkParams params) {
        return work(params, 5); // reads w, g and the velocity, writes w and the velocity
    }

    static Work plain(BenchmarkParams params) {
        return work(params, 3);
    }

    static Work norm(BenchmarkParams params) {
        return work(params, 1);
    }

    private static Work work(BenchmarkParams params, int moved) {
        int count = Integer.parseInt(params.getParam("parameters"));
        Limit limit = count <= CACHED ? Limit.CACHE_COPY : Limit.MEMORY_COPY;
        return Work.pass(String.format("%,d", count), count, Float.BYTES * moved, limit);
    }

    /** Gradients that keep weights and moments at ordinary sizes however often they are applied. */
    @Setup
    public void allocate() {
        weights = filled(0.1f);
        gradients = filled(1e-3f);
        first = filled(1e-3f);
        second = filled(1e-6f);
    }

    private float[] filled(float value) {
        float[] values = new float[parameters];
        Arrays.fill(values, value);
        return values;
    }

    /**
     * Adam with decay.
     *
     * @return the weights
     */
    @Benchmark
    public float[] adamW() {
        for (int from = 0; from < parameters; from += BLOCK) {
            int to = Math.min(from + BLOCK, parameters);
            AdamUpdate.apply(
                    weights, gradients, first, second, from, to, 0.01f, 1e-5f, 0.9f, 0.999f, 1e-8f, 0.01f, 0f, 0f,
                    1000);
        }
        return weights;
    }

    /**
     * SGD with momentum and decay.
     *
     * @return the weights
     */
    @Benchmark
    public float[] sgdMomentum() {
        for (int from = 0; from < parameters; from += BLOCK) {
            int to = Math.min(from + BLOCK, parameters);
            SgdUpdate.apply(weights, gradients, first, from, to, 0.01f, 1e-5f, 0.9f, false, 0.01f, 0f, 0f);
        }
        return weights;
    }

    /**
     * SGD without momentum.
     *
     * @return the weights
     */
    @Benchmark
    public float[] sgd() {
        for (int from = 0; from < parameters; from += BLOCK) {
            int to = Math.min(from + BLOCK, parameters);
            SgdUpdate.withoutMomentum(weights, gradients, from, to, 0.01f, 1e-5f, 0.01f, 0f, 0f);
        }
        return weights;
    }

    /**
     * The squared norm of the gradients, for clipping.
     *
     * @return the norm
     */
    @Benchmark
    public double squaredNorm() {
        double sum = 0;
        for (int from = 0; from < parameters; from += BLOCK) {
            sum += SquaredNorm.block(gradients, from, Math.min(from + BLOCK, parameters));
        }
        return sum;
    }
}
