package io.espalier.benchmarks.kernels;

import io.espalier.benchmarks.limits.Limit;
import io.espalier.benchmarks.limits.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The kernels' times beside the limits, as Markdown and as tab-separated values. */
final class KernelTable {
    private static final List<String> COLUMNS = List.of(
            "kernel",
            "shape",
            "threads",
            "time [us]",
            "shortest",
            "longest",
            "GFLOP/s",
            "GB/s",
            "ns/value",
            "limit",
            "of limit");

    private final List<Limits> limits;
    private final List<String> flags;
    private final List<List<String>> rows = new ArrayList<>();

    KernelTable(List<Limits> limits, List<String> flags) {
        this.limits = limits;
        this.flags = flags;
    }

    /** What stands above the table, and its head. */
    List<String> heading() {
        List<String> lines = new ArrayList<>();
        lines.add("Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors"
                + (flags.isEmpty() ? "" : ", " + String.join(" ", flags)) + ".");
        lines.add("Limits of this machine, measured in this run; a copy's bytes count once:");
        for (Limits ofThreads : limits) {
            int threads = ofThreads.threads();
            lines.add("- " + threads + (threads == 1 ? " thread: " : " threads: ")
                    + number("%.1f GFLOP/s of multiply-adds, ", ofThreads.multiplyAdds() / 1e9)
                    + number("%.1f GB/s copied from memory, ", ofThreads.memoryCopy() / 1e9)
                    + number("%.1f GB/s copied in the second-level cache", ofThreads.cacheCopy() / 1e9));
        }
        lines.add("");
        lines.add(markdown(COLUMNS));
        lines.add("|" + " --- |".repeat(COLUMNS.size()));
        return lines;
    }

    /** Adds a row and gives it as Markdown. */
    String add(String kernel, Work work, Harness.Timing timing) {
        Limits ofThreads = limits.stream()
                .filter(measured -> measured.threads() == work.threads())
                .findFirst()
                .orElseThrow();
        Limit limit = work.limit();
        List<String> row = List.of(
                kernel,
                work.shape(),
                Integer.toString(work.threads()),
                number("%.2f", timing.nanos() / 1e3),
                number("%.2f", timing.shortest() / 1e3),
                number("%.2f", timing.longest() / 1e3),
                work.operations() == 0 ? "" : number("%.1f", work.operations() / timing.nanos()),
                work.bytes() == 0 ? "" : number("%.1f", work.bytes() / timing.nanos()),
                work.values() == 0 ? "" : number("%.3f", timing.nanos() / work.values()),
                limit == null ? "" : limit.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                limit == null ? "" : number("%.0f %%", 100 * work.fraction(ofThreads, timing.nanos())));
        rows.add(row);
        return markdown(row);
    }

    /** Writes {@code kernels.md} and {@code kernels.tsv}. */
    void write(Path directory) throws IOException {
        List<String> lines = new ArrayList<>(heading());
        rows.forEach(row -> lines.add(markdown(row)));
        Files.write(directory.resolve("kernels.md"), lines);
        List<String> values = new ArrayList<>();
        values.add(String.join("\t", COLUMNS));
        rows.forEach(row -> values.add(String.join("\t", row)));
        Files.write(directory.resolve("kernels.tsv"), values);
    }

    private static String markdown(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
