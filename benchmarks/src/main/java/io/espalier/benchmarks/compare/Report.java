package io.espalier.benchmarks.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import org.bytedeco.javacpp.Loader;

/** The lines of a comparison as a table for programs and as one for people. */
final class Report {
    private static final List<String> COLUMNS = List.of(
            "workload",
            "threads",
            "peer",
            "espalier_min_us",
            "espalier_median_us",
            "peer_min_us",
            "peer_median_us",
            "espalier_runs",
            "peer_runs",
            "ratio_median",
            "ratio_p10",
            "ratio_p90",
            "ratio_of_minima",
            "loss_difference",
            "others_share",
            "unsteady");

    private static final List<String> TITLES = List.of(
            "workload",
            "threads",
            "peer",
            "Espalier µs: min, median",
            "peer µs: min, median",
            "Espalier ÷ peer: median (10–90 %)",
            "of minima",
            "losses differ by",
            "others' load",
            "not steady");

    /** What a reader must know who was not there. */
    private static final String NOTE =
            """

            Below 1, Espalier takes less time. Spreads are over rounds in which the engines take turns. "Losses differ by": the
            greatest difference over the first 20 steps, by the first loss, for operations and predictions of a sum over the result; empty
            where dropout makes them differ, "diverged" where one is not a finite number. "Others' load": the share of all
            processors that neither engine had; with more than a tenth, read the minima, and for several threads measure
            again. "Not steady": who was still getting faster, or being compiled, when the warm-up had to end; measure again
            with a longer one.

            PyTorch is the build of org.bytedeco, version %s, whose products are OpenBLAS's. Its dropout and its
            cross-entropy allocate their results; Espalier's go into arrays that are there. In op-matmul the right side of
            Espalier's product is packed beforehand, as weights are. DL4J is version %s; it has no bias before layer norm,
            its own default GELU, and clips by layer, so that its losses are only roughly comparable.
            """.formatted(version("org.bytedeco", "pytorch"), version("org.deeplearning4j", "deeplearning4j-nn"));

    private final List<Line> lines;

    Report(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /** {@return tab-separated values with a line of names; what is not known is empty, runs are the fewest of a turn} */
    String tsv() {
        StringBuilder text = new StringBuilder(String.join("\t", COLUMNS)).append('\n');
        for (Line line : lines) {
            StringJoiner fields = new StringJoiner("\t", "", "\n");
            fields.add(line.workload()).add(Integer.toString(line.threads())).add(line.peer());
            fields.add(micros(line.least(), "%.3f")).add(micros(line.median(), "%.3f"));
            fields.add(micros(line.peerLeast(), "%.3f")).add(micros(line.peerMedian(), "%.3f"));
            fields.add(Integer.toString(line.leastRuns())).add(Integer.toString(line.peerLeastRuns()));
            fields.add(format("%.4f", line.ratio().median()))
                    .add(format("%.4f", line.ratio().low()))
                    .add(format("%.4f", line.ratio().high()))
                    .add(format("%.4f", line.leastRatio()));
            fields.add(losses("%.2e", line.lossDifference())).add(format("%.3f", line.load()));
            fields.add(line.unsteady());
            text.append(fields);
        }
        return text.toString();
    }

    /** {@return a table in Markdown} */
    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(row(TITLES)).append(row(TITLES.stream().map(title -> "---").toList()));
        for (Line line : lines) {
            text.append(row(List.of(
                    line.workload(),
                    Integer.toString(line.threads()),
                    line.peer(),
                    micros(line.least(), "%.1f") + ", " + micros(line.median(), "%.1f"),
                    micros(line.peerLeast(), "%.1f") + ", " + micros(line.peerMedian(), "%.1f"),
                    format("%.2f", line.ratio().median()) + " ("
                            + format("%.2f", line.ratio().low()) + "–"
                            + format("%.2f", line.ratio().high()) + ")",
                    format("%.2f", line.leastRatio()),
                    losses("%.0e", line.lossDifference()),
                    Double.isNaN(line.load()) ? "unknown" : format("%.0f %%", 100 * line.load()),
                    line.unsteady())));
        }
        return text.append(NOTE).toString();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String micros(double nanos, String format) {
        return format(format, nanos * 1e-3);
    }

    /** The version that an archive on the class path says it has. */
    private static String version(String group, String artifact) {
        try {
            return Loader.getVersion(group, artifact);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String losses(String format, OptionalDouble difference) {
        if (difference.isEmpty()) {
            return "";
        }
        double value = difference.getAsDouble();
        return Double.isNaN(value) ? "diverged" : format(format, value);
    }

    private static String format(String format, double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
    }
}
