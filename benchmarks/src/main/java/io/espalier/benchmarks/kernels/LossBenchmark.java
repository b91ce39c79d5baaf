package io.espalier.benchmarks.kernels;

import io.espalier.kernel.SoftmaxCrossEntropy;
import java.util.Random;
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

/** Softmax cross-entropy with label smoothing: losses and gradients of 512 rows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LossBenchmark {
    private static final int ROWS = 512;

    @Param({"10", "1000"})
    int classes;

    private int stride;
    private float[] logits = {};
    private float[] gradients = {};
    private int[] labels = {};
    private double[] losses = {};

    static Work work(BenchmarkParams params) {
        int classes = Integer.parseInt(params.getParam("classes"));
        return Work.pass(ROWS + "x" + classes, (double) ROWS * classes, 0, null);
    }

    /** Logits as of an untrained network. */
    @Setup
    public void allocate() {
        Random random = new Random(1);
        stride = ProductShape.stride(classes);
        logits = Noise.inputs(random, ROWS * stride);
        gradients = new float[logits.length];
        labels = random.ints(ROWS, 0, classes).toArray();
        losses = new double[ROWS];
    }

    /**
     * Losses and gradients.
     *
     * @return the gradients
     */
    @Benchmark
    public float[] crossEntropy() {
        SoftmaxCrossEntropy.rows(logits, 0, stride, classes, ROWS, labels, 0, 0.1f, gradients, 0, stride, losses, 0);
        return gradients;
    }
}
