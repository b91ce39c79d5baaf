package io.espalier.benchmarks.kernels;

import io.espalier.CompiledNetwork;
import io.espalier.benchmarks.limits.Limit;
import io.espalier.data.Batch;
import io.espalier.train.TrainingStep;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/** The emitted loops of {@link Loops}: the time of one run of them over 64 rows, the least bytes that it moves. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LoopsBenchmark {
    private static final int ROWS = 64;

    /** Which loops. */
    public enum Loop {
        /** A mask drawn and applied. */
        DROPOUT("dropout") {
            @Override
            CompiledNetwork network() {
                return Loops_MaskedNetwork.create(1);
            }
        },
        /** Layer norm, GELU, dropout. */
        LAYER_NORM("layer norm + GELU + dropout") {
            @Override
            CompiledNetwork network() {
                return Loops_LayerNormedNetwork.create(1);
            }
        },
        /** Batch norm, ReLU, dropout. */
        BATCH_NORM("batch norm + ReLU + dropout") {
            @Override
            CompiledNetwork network() {
                return Loops_BatchNormedNetwork.create(1);
            }
        };

        private final String label;

        Loop(String label) {
            this.label = label;
        }

        abstract CompiledNetwork network();
    }

    @Param
    Loop loop = Loop.DROPOUT;

    @SuppressWarnings("NullAway.Init") // set up before it is used
    private TrainingStep step;

    @SuppressWarnings("NullAway.Init")
    private Batch batch;

    private float[] outputGradients = {};

    /** Reads a value and writes one. */
    static Work forward(BenchmarkParams params) {
        return work(params, 2);
    }

    /** Besides: reads the value again and the gradient, writes the gradient. */
    static Work bothWays(BenchmarkParams params) {
        return work(params, 5);
    }

    private static Work work(BenchmarkParams params, int moved) {
        String shape = Loop.valueOf(params.getParam("loop")).label + " " + ROWS + "x" + Loops.FEATURES;
        return Work.pass(shape, (double) ROWS * Loops.FEATURES, moved * Float.BYTES, Limit.CACHE_COPY);
    }

    /** Inputs around 0. */
    @Setup
    public void allocate() {
        step = loop.network().trainingStep(ROWS, 1, 1);
        float[] inputs = Noise.inputs(new Random(1), ROWS * Loops.FEATURES);
        batch = Batch.of(inputs, new int[ROWS], ROWS);
        outputGradients = new float[inputs.length];
        Arrays.fill(outputGradients, 1e-3f);
    }

    /** Ends the step. */
    @TearDown
    public void close() {
        step.close();
    }

    /** Forward as training has it. */
    @Benchmark
    @OperationsPerInvocation(Loops.REPEATS)
    public void forward() {
        step.forward(batch);
    }

    /** Forward and backward. */
    @Benchmark
    @OperationsPerInvocation(Loops.REPEATS)
    public void bothWays() {
        step.forward(batch);
        step.backward(outputGradients);
    }
}
