package io.espalier.benchmarks.kernels;

import io.espalier.Classifier;
import io.espalier.Predictor;
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

/** Logits of a few examples, by one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PredictionBenchmark {
    @Param({"W1 @1", "W1 @32", "W2 @1", "W2 @32"})
    String network = "";

    @SuppressWarnings("NullAway.Init") // set up before it is used
    private Predictor.Session session;

    private int examples;
    private float[] inputs = {};
    private float[] logits = {};

    static Work work(BenchmarkParams params) {
        String text = params.getParam("network");
        Net net = Net.of(text);
        return Work.products(text, 1, Operations.ofPrediction(net.create().description(), net.examples()));
    }

    /** A network and examples of noise. */
    @Setup
    public void allocate() {
        Net net = Net.of(network);
        Classifier compiled = net.create();
        examples = net.examples();
        inputs = net.noise(compiled).inputs();
        logits = new float[examples * compiled.description().output()[0]];
        session = compiled.predictor().session(examples);
    }

    /** Ends the session. */
    @TearDown
    public void close() {
        session.close();
    }

    /**
     * One call.
     *
     * @return the logits
     */
    @Benchmark
    public float[] predict() {
        session.logits(inputs, examples, logits);
        return logits;
    }
}
