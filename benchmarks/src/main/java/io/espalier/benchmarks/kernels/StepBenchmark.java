package io.espalier.benchmarks.kernels;

import io.espalier.CompiledNetwork;
import io.espalier.data.Batch;
import io.espalier.train.TrainingStep;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Whole training steps: forward, loss, backward, clipping, update. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StepBenchmark {
    @Param({"W1 @32", "W1 @128", "W1 @512", "W2 @128"})
    String network = "";

    @Param({"1", "2"})
    int threads;

    @SuppressWarnings("NullAway.Init") // set up before it is used
    private TrainingStep step;

    @SuppressWarnings("NullAway.Init")
    private Batch batch;

    private float learningRate;

    static Work work(BenchmarkParams params) {
        String text = params.getParam("network");
        int threads = Integer.parseInt(params.getParam("threads"));
        Net net = Net.of(text);
        double operations = Operations.ofTraining(net.create().description(), net.examples());
        return Work.products(text, threads, operations);
    }

    /** A network and a batch of noise. */
    @Setup
    public void allocate() {
        Net net = Net.of(network);
        CompiledNetwork compiled = net.create();
        step = compiled.trainingStep(net.examples(), threads, 1);
        batch = net.noise(compiled);
        learningRate = compiled.learningRate();
    }

    /** Ends the threads. */
    @TearDown
    public void close() {
        step.close();
    }

    /**
     * One step.
     *
     * @return the loss
     */
    @Benchmark
    public float step() {
        float loss = step.forwardBackward(batch);
        step.update(learningRate);
        return loss;
    }
}
