package io.espalier.benchmarks.kernels;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs benchmarks in virtual machines of their own: what the compiler makes of a kernel depends on what else it has seen,
 * and where arrays lie in memory differs from one to the next.
 *
 * @param forks virtual machines for each benchmark
 * @param millis length of one of its {@value #ITERATIONS} measurements; warming up takes twice as many
 * @param jvmFlags further flags for them
 * @param log receives what the harness says of the last benchmark
 */
record Harness(int forks, int millis, List<String> jvmFlags, Path log) {
    private static final int ITERATIONS = 5;

    /** Two seconds at the usual length: vectors run a thousand times slower until the compiler's last stage has been there. */
    private static final int WARM_UP_ITERATIONS = 2 * ITERATIONS;

    /**
     * A time for one call: in each virtual machine the shortest, as others use the machine too; of these the median, as
     * luck with the places of arrays is to be neither the best nor the worst.
     *
     * @param params the benchmark with its parameters
     * @param nanos the time
     * @param shortest the shortest of all
     * @param longest the longest of the shortest ones of each virtual machine
     */
    record Timing(BenchmarkParams params, double nanos, double shortest, double longest) {}

    List<Timing> run(String benchmark, int threads) throws RunnerException {
        List<String> flags = new ArrayList<>(
                List.of("--add-modules", "jdk.incubator.vector", "--sun-misc-unsafe-memory-access=allow"));
        flags.addAll(jvmFlags);
        Options options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark) + "$")
                .threads(threads)
                .forks(forks)
                .warmupIterations(WARM_UP_ITERATIONS)
                .warmupTime(TimeValue.milliseconds(millis))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.milliseconds(millis))
                .jvmArgs(flags.toArray(String[]::new))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.NORMAL)
                .output(log.toString())
                .build();
        Collection<RunResult> results = new Runner(options).run();
        return results.stream().map(Harness::timing).toList();
    }

    private static Timing timing(RunResult result) {
        double[] shortest = result.getBenchmarkResults().stream()
                .mapToDouble(Harness::shortest)
                .sorted()
                .toArray();
        double median = shortest[shortest.length / 2];
        return new Timing(result.getParams(), median, shortest[0], shortest[shortest.length - 1]);
    }

    private static double shortest(BenchmarkResult fork) {
        return fork.getIterationResults().stream()
                .map(IterationResult::getPrimaryResult)
                .mapToDouble(primary -> primary.getScore())
                .min()
                .orElseThrow();
    }
}
