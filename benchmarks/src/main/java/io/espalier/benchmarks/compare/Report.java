package io.espalier.benchmarks.compare;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

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
            "ratio_median",
            "ratio_p10",
            "ratio_p90",
            "ratio_of_minima",
            "loss_difference",
            "others_share");

    private static final List<String> TITLES = List.of(
            "workload",
            "threads",
            "peer",
            "Espalier µs: min, median",
            "peer µs: min, median",
            "Espalier ÷ peer: median (10–90 %)",
            "of minima",
            "losses differ by",
            "others' load");

    /** What a reader must know who was not there. */
    private static final String NOTE = """

            Below 1, Espalier takes less time. Spreads are over rounds in which the engines take turns. "Losses differ by": the
            greatest difference over the first 20 steps, by the first loss; empty where dropout makes them differ. "Others'
            load": the share of all processors that neither engine had; with more than a tenth, read the minima, and for
            several threads measure again.
            """;

    private final List<Line> lines;

    Report(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /** {@return tab-separated values with a line of names; what is not known is empty} */
    String tsv() {
        StringBuilder text = new StringBuilder(String.join("\t", COLUMNS)).append('\n');
        for (Line line : lines) {
            StringJoiner fields = new StringJoiner("\t", "", "\n");
            fields.add(line.workload()).add(Integer.toString(line.threads())).add(line.peer());
            fields.add(micros(line.least(), "%.3f")).add(micros(line.median(), "%.3f"));
            fields.add(micros(line.peerLeast(), "%.3f")).add(micros(line.peerMedian(), "%.3f"));
            fields.add(format("%.4f", line.ratio().median()))
                    .add(format("%.4f", line.ratio().low()))
                    .add(format("%.4f", line.ratio().high()))
                    .add(format("%.4f", line.leastRatio()));
            fields.add(format("%.2e", line.lossDifference())).add(format("%.3f", line.load()));
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
                    format("%.0e", line.lossDifference()),
                    Double.isNaN(line.load()) ? "unknown" : format("%.0f %%", 100 * line.load()))));
        }
        return text.append(NOTE).toString();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String micros(double nanos, String format) {
        return format(format, nanos * 1e-3);
    }

    private static String format(String format, double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
    }
}
