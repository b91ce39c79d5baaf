package io.espalier.benchmarks.curve;

import io.espalier.CompiledNetwork;
import io.espalier.benchmarks.kernels.Noise;
import io.espalier.benchmarks.kernels.Operations;
import io.espalier.data.Batch;
import io.espalier.model.NetworkDescription;
import io.espalier.model.ParameterInfo;
import io.espalier.train.TrainingStep;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Measures one point, in a process of its own: no point's compiled code or garbage then meets another's. */
public final class CurvePoint {
    /** Windows of warming up at most, where the compiler does not come to rest. */
    private static final int MOST_WINDOWS = 10;

    private static final int LEAST_STEPS = 5;

    /** A step's times stop being kept here; small networks get there first. */
    private static final int MOST_STEPS = 100_000;

    private CurvePoint() {}

    /**
     * Prints one {@link Measurement}.
     *
     * @param args index of the point, threads, milliseconds to measure
     */
    public static void main(String[] args) {
        Point point = Point.all().get(Integer.parseInt(args[0]));
        int threads = Integer.parseInt(args[1]);
        long window = Long.parseLong(args[2]) * 1_000_000;
        CompiledNetwork network = point.network().apply(1);
        NetworkDescription description = network.description();
        Batch batch = Noise.batch(description, point.batch(), 1);
        try (TrainingStep step = network.trainingStep(point.batch(), threads, 1)) {
            warmUp(step, batch, network.learningRate(), window);
            long[] times = times(step, batch, network.learningRate(), window);
            Arrays.sort(times);
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            double operations = Operations.ofTraining(description, point.batch());
            Measurement measurement =
                    new Measurement(parameters(description), operations, times[0], times[times.length / 2], heap);
            System.out.println(measurement.line());
        }
    }

    /** Until the compiler had nothing to do for a whole window. */
    private static void warmUp(TrainingStep step, Batch batch, float learningRate, long window) {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long before = -1;
        for (int i = 0; i < MOST_WINDOWS && compiler.getTotalCompilationTime() != before; i++) {
            before = compiler.getTotalCompilationTime();
            times(step, batch, learningRate, window);
        }
    }

    private static long[] times(TrainingStep step, Batch batch, float learningRate, long window) {
        long[] times = new long[MOST_STEPS];
        int count = 0;
        long begin = System.nanoTime();
        long before = begin;
        while (count < MOST_STEPS && (count < LEAST_STEPS || before - begin < window)) {
            step.forwardBackward(batch);
            step.update(learningRate);
            long now = System.nanoTime();
            times[count++] = now - before;
            before = now;
        }
        return Arrays.copyOf(times, count);
    }

    private static long parameters(NetworkDescription description) {
        return description.parameters().stream()
                .map(ParameterInfo::shape)
                .mapToLong(shape -> IntStream.of(shape).asLongStream().reduce(1, (a, b) -> a * b))
                .sum();
    }
}
