package io.espalier.benchmarks.kernels;

import java.util.List;
import java.util.function.Function;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * A benchmark with what its calls have to do.
 *
 * @param name the name in the table
 * @param benchmark class and method
 * @param work what a call does, from the benchmark's parameters
 */
record Kernel(String name, String benchmark, Function<BenchmarkParams, Work> work) {
    /** In the order of the table. */
    static final List<Kernel> ALL = List.of(
            new Kernel("product forward", method(ProductBenchmark.class, "forward"), ProductBenchmark::work),
            new Kernel(
                    "product input gradient", method(ProductBenchmark.class, "inputGradient"), ProductBenchmark::work),
            new Kernel(
                    "product weight gradient",
                    method(ProductBenchmark.class, "weightGradient"),
                    ProductBenchmark::work),
            new Kernel("loops forward", method(LoopsBenchmark.class, "forward"), LoopsBenchmark::forward),
            new Kernel("loops both ways", method(LoopsBenchmark.class, "bothWays"), LoopsBenchmark::bothWays),
            new Kernel("mask", method(MaskBenchmark.class, "fill"), MaskBenchmark::work),
            new Kernel("cross-entropy", method(LossBenchmark.class, "crossEntropy"), LossBenchmark::work),
            new Kernel("AdamW", method(UpdateBenchmark.class, "adamW"), UpdateBenchmark::adam),
            new Kernel("SGD momentum", method(UpdateBenchmark.class, "sgdMomentum"), UpdateBenchmark::momentum),
            new Kernel("SGD", method(UpdateBenchmark.class, "sgd"), UpdateBenchmark::plain),
            new Kernel("squared norm", method(UpdateBenchmark.class, "squaredNorm"), UpdateBenchmark::norm),
            new Kernel("transpose", method(TransposeBenchmark.class, "transpose"), TransposeBenchmark::work),
            new Kernel("step", method(StepBenchmark.class, "step"), StepBenchmark::work),
            new Kernel("prediction", method(PredictionBenchmark.class, "predict"), PredictionBenchmark::work));

    private static String method(Class<?> benchmark, String name) {
        return benchmark.getName() + "." + name;
    }
}
