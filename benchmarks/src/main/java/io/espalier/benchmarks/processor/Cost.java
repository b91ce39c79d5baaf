package io.espalier.benchmarks.processor;

import io.espalier.benchmarks.Spread;
import java.util.Locale;

/** What compilations of a workload took, round by round; all times are per model, in milliseconds. */
final class Cost {
    static final String HEAD = """
            | models | emitted lines | processor [ms] | javac, models [ms] | javac, with emitted [ms] | with processor [ms] \
            | processor by javac for the emitted | allocated [MB] | live heap, models [MB] | with emitted [MB] | with processor [MB] |
            |""" + " --- |".repeat(11);

    private final Workload workload;
    private final double[] processor;
    private final double[] alone;
    private final double[] withEmitted;
    private final double[] processed;
    private final double[] emitted;
    private final double[] megabytes;
    private final long[] heap = new long[3];

    Cost(Workload workload, int rounds) {
        this.workload = workload;
        processor = new double[rounds];
        alone = new double[rounds];
        withEmitted = new double[rounds];
        processed = new double[rounds];
        emitted = new double[rounds];
        megabytes = new double[rounds];
    }

    /** Compiles once in each way. */
    void measure(int round) {
        Compilation first = workload.compileAlone();
        Compilation second = workload.process();
        Compilation third = workload.compileWithEmitted();
        alone[round] = perModel(first.nanos());
        processor[round] = perModel(second.processorNanos());
        processed[round] = perModel(second.nanos());
        withEmitted[round] = perModel(third.nanos());
        emitted[round] = withEmitted[round] - alone[round];
        megabytes[round] = second.processorBytes() / 1e6 / workload.models();
    }

    /** Compiles once more in each way, slowly, and takes the memory's measure. */
    void measureHeap() throws InterruptedException {
        heap[0] = LiveHeap.most(workload::compileAlone);
        heap[1] = LiveHeap.most(workload::compileWithEmitted);
        heap[2] = LiveHeap.most(workload::process);
    }

    /** The processor's time for a model. */
    double processorMillis() {
        return Spread.of(processor).median();
    }

    int models() {
        return workload.models();
    }

    /** A row of the table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %d | %,d | %s | %s | %s | %s | %s | %.2f | %.0f | %.0f | %.0f |",
                workload.models(),
                workload.emittedLines(),
                text(Spread.of(processor)),
                text(Spread.of(alone)),
                text(Spread.of(withEmitted)),
                text(Spread.of(processed)),
                text(Spread.ofQuotients(processor, emitted)),
                Spread.of(megabytes).median(),
                heap[0] / 1e6,
                heap[1] / 1e6,
                heap[2] / 1e6);
    }

    private double perModel(long nanos) {
        return nanos / 1e6 / workload.models();
    }

    private static String text(Spread spread) {
        return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", spread.median(), spread.low(), spread.high());
    }
}
