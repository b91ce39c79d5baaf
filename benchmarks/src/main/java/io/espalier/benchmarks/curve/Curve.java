package io.espalier.benchmarks.curve;

import io.espalier.benchmarks.ChildJvm;
import io.espalier.benchmarks.Positive;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Training steps of networks that grow in depth, width, batch and parameters: the time grows no faster than the work. */
@Command(
        name = "curve",
        mixinStandardHelpOptions = true,
        description = "Times training steps of growing networks: what a step costs against the work it does.")
public final class Curve implements Callable<Integer> {

    @Option(
            names = "--threads",
            split = ",",
            defaultValue = "1",
            converter = Positive.class,
            description = "numbers of threads, such as 1,2 (${DEFAULT-VALUE})")
    private List<Integer> threads = List.of();

    @Option(
            names = "--time",
            defaultValue = "1000",
            converter = Positive.class,
            description = "milliseconds to measure at a point, after as many or more to warm up (${DEFAULT-VALUE})")
    private int millis;

    @Option(
            names = "--axis",
            split = ",",
            description = "some of ${COMPLETION-CANDIDATES} (all); the last needs 4 GB for its virtual machine")
    private List<Axis> axes = List.of(Axis.values());

    @Option(names = "--out", defaultValue = "target", description = "where curve.md goes (${DEFAULT-VALUE})")
    private Path directory = Path.of("target");

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<String> lines = new ArrayList<>();
        lines.add(
                "A step is forward, loss, backward and update, its time the shortest of many; its work the operations of"
                        + " the products. \"x work\" and \"x time\": how many times those of the point before.");
        lines.add("");
        lines.add(
                "| axis | network | batch | threads | parameters | GFLOP | time [ms] | median [ms] | GFLOP/s | x work |"
                        + " x time | heap [MB] |");
        lines.add("|" + " --- |".repeat(12));
        lines.forEach(out::println);
        out.flush();
        List<String> sums = new ArrayList<>();
        for (int count : threads) {
            for (Axis axis : axes) {
                sums.add(rows(axis, count, lines, out));
            }
        }
        lines.add("");
        out.println();
        for (String sum : sums) {
            lines.add(sum);
            out.println(sum);
        }
        out.flush();
        Files.createDirectories(directory);
        Files.write(directory.resolve("curve.md"), lines);
        return 0;
    }

    /** Adds the rows of an axis, and says how its ends compare. */
    private String rows(Axis axis, int count, List<String> lines, PrintWriter out)
            throws IOException, InterruptedException {
        List<Point> points = Point.all();
        List<Measurement> done = new ArrayList<>();
        for (int index = 0; index < points.size(); index++) {
            Point point = points.get(index);
            if (point.axis() == axis) {
                Measurement measurement = measure(index, count);
                String row = row(point, count, measurement, done.isEmpty() ? null : done.getLast());
                done.add(measurement);
                lines.add(row);
                out.println(row);
                out.flush();
            }
        }
        Measurement first = done.getFirst();
        Measurement last = done.getLast();
        return String.format(
                Locale.ROOT,
                "- %s, threads: %d. From the first to the last %.4g times the work, in %.4g times the time.",
                axis.title(),
                count,
                last.operations() / first.operations(),
                (double) last.nanos() / first.nanos());
    }

    private Measurement measure(int index, int count) throws IOException, InterruptedException {
        List<String> args = List.of(Integer.toString(index), Integer.toString(count), Integer.toString(millis));
        Process process = ChildJvm.of(List.of("-Xmx4g"), ChildJvm.classPath(), CurvePoint.class, args)
                .redirectErrorStream(true)
                .start();
        List<String> printed = new ArrayList<>();
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(printed::add);
        }
        int status = process.waitFor();
        return printed.stream()
                .filter(Measurement::isLine)
                .findFirst()
                .map(Measurement::ofLine)
                .orElseThrow(() -> new IllegalStateException(
                        "The measurement ended with status " + status + ": " + String.join("\n", printed)));
    }

    private static String row(Point point, int threads, Measurement now, @Nullable Measurement before) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %,d | %.4g | %.4g | %.4g | %.1f | %s | %s | %.0f |",
                point.axis().title(),
                point.name(),
                point.batch(),
                threads,
                now.parameters(),
                now.operations() / 1e9,
                now.nanos() / 1e6,
                now.median() / 1e6,
                now.operations() / now.nanos(),
                before == null ? "" : String.format(Locale.ROOT, "%.2f", now.operations() / before.operations()),
                before == null ? "" : String.format(Locale.ROOT, "%.2f", (double) now.nanos() / before.nanos()),
                now.heap() / 1e6);
    }
}
