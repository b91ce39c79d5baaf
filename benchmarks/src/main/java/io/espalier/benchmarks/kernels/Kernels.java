package io.espalier.benchmarks.kernels;

import io.espalier.benchmarks.Positive;
import io.espalier.benchmarks.limits.Limit;
import io.espalier.benchmarks.limits.Limits;
import io.espalier.benchmarks.limits.LimitsBenchmark;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the machine's limits, then the kernels beside them. */
@Command(
        name = "kernels",
        mixinStandardHelpOptions = true,
        description = "Times the kernels, the emitted loops and whole steps beside the limits of this machine.")
public final class Kernels implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            defaultValue = "",
            description = "which kernels: a regular expression to be found in their names; all if there is none")
    private String select = "";

    @Option(
            names = "--forks",
            defaultValue = "3",
            converter = Positive.class,
            description = "virtual machines for each benchmark (${DEFAULT-VALUE})")
    private int forks;

    @Option(
            names = "--time",
            defaultValue = "200",
            converter = Positive.class,
            description =
                    "milliseconds of one of the fifteen iterations of each, ten of them to warm up (${DEFAULT-VALUE})")
    private int millis;

    @Option(
            names = "--vm",
            defaultValue = "",
            description = "flags for these virtual machines, such as -XX:UseAVX=2 or -XX:MaxVectorSize=16")
    private String flags = "";

    @Option(
            names = "--out",
            defaultValue = "target",
            description = "where kernels.md and kernels.tsv go (${DEFAULT-VALUE})")
    private Path directory = Path.of("target");

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Override
    public Integer call() throws RunnerException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        Pattern pattern = Pattern.compile(select);
        List<String> jvmFlags =
                flags.isBlank() ? List.of() : List.of(flags.trim().split("\\s+"));
        Files.createDirectories(directory);
        Harness harness = new Harness(forks, millis, jvmFlags, directory.resolve("kernels.log"));
        List<Limits> limits = List.of(limits(harness, 1), limits(harness, 2));
        KernelTable table = new KernelTable(limits, jvmFlags);
        table.heading().forEach(out::println);
        out.flush();
        for (Kernel kernel : Kernel.ALL) {
            if (pattern.matcher(kernel.name()).find()) {
                for (Harness.Timing timing : harness.run(kernel.benchmark(), 1)) {
                    out.println(table.add(kernel.name(), kernel.work().apply(timing.params()), timing));
                }
                out.flush();
            }
        }
        table.write(directory);
        return 0;
    }

    private static Limits limits(Harness harness, int threads) throws RunnerException {
        Map<Limit, Double> rates = new EnumMap<>(Limit.class);
        for (Harness.Timing timing : harness.run(LimitsBenchmark.class.getName() + ".pass", threads)) {
            Limit limit = Limit.valueOf(timing.params().getParam("limit"));
            rates.put(limit, threads * limit.amount(threads) / timing.shortest() * 1e9);
        }
        return new Limits(
                threads,
                rates.getOrDefault(Limit.MULTIPLY_ADDS, 0.0),
                rates.getOrDefault(Limit.MEMORY_COPY, 0.0),
                rates.getOrDefault(Limit.CACHE_COPY, 0.0));
    }
}
