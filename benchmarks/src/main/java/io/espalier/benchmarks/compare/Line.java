package io.espalier.benchmarks.compare;

import io.espalier.benchmarks.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A line of the report: one workload in Espalier and in one peer.
 *
 * @param workload what was done, by name
 * @param threads with how many threads
 * @param peer who did it besides
 * @param least Espalier's shortest run, nanoseconds
 * @param median the median of Espalier's medians of the rounds, nanoseconds
 * @param peerLeast the peer's shortest run
 * @param peerMedian the median of the peer's medians
 * @param leastRuns the fewest runs that a median of Espalier's is of
 * @param peerLeastRuns the fewest of the peer's
 * @param ratio Espalier's time by the peer's, from the medians of each round: below 1, Espalier is faster
 * @param leastRatio the ratio of the shortest runs
 * @param lossDifference the greatest difference of the losses of the first steps, by the first loss; NaN where one is not
 *     finite, empty where they must differ
 * @param load the share of the machine that others had meanwhile, NaN where it is unknown
 * @param unsteady who was still getting faster when the rounds began; empty for nobody
 */
record Line(
        String workload,
        int threads,
        String peer,
        double least,
        double median,
        double peerLeast,
        double peerMedian,
        int leastRuns,
        int peerLeastRuns,
        Spread ratio,
        double leastRatio,
        OptionalDouble lossDifference,
        double load,
        String unsteady) {

    /**
     * The lines of a match: one for each peer that took part.
     *
     * @param outcome what came of the match
     * @return as many lines as there were peers
     */
    static List<Line> of(Match.Outcome outcome) {
        Match.Score own = outcome.scores().get(EngineName.ESPALIER);
        List<Line> lines = new ArrayList<>();
        if (own == null) {
            return lines;
        }
        double[] ownLeast = own.least();
        for (Map.Entry<EngineName, Match.Score> entry : outcome.scores().entrySet()) {
            if (entry.getKey() == EngineName.ESPALIER) {
                continue;
            }
            Match.Score peer = entry.getValue();
            double least = Spread.quantile(ownLeast, 0);
            double peerLeast = Spread.quantile(peer.least(), 0);
            lines.add(new Line(
                    outcome.workload().name(),
                    outcome.threads(),
                    entry.getKey().title(),
                    least,
                    Spread.quantile(own.medians(), 0.5),
                    peerLeast,
                    Spread.quantile(peer.medians(), 0.5),
                    leastRuns(own),
                    leastRuns(peer),
                    Spread.ofQuotients(own.medians(), peer.medians()),
                    least / peerLeast,
                    lossDifference(outcome.workload(), own.losses(), peer.losses()),
                    outcome.load().share(),
                    unsteady(own, peer, entry.getKey())));
        }
        return lines;
    }

    private static int leastRuns(Match.Score score) {
        return IntStream.of(score.runs()).min().orElse(0);
    }

    private static String unsteady(Match.Score own, Match.Score peer, EngineName name) {
        StringJoiner names = new StringJoiner(", ");
        if (!own.steady()) {
            names.add(EngineName.ESPALIER.title());
        }
        if (!peer.steady()) {
            names.add(name.title());
        }
        return names.toString();
    }

    private static OptionalDouble lossDifference(Workload workload, double[] own, double[] peer) {
        if (!DoubleStream.concat(DoubleStream.of(own), DoubleStream.of(peer)).allMatch(Double::isFinite)) {
            return OptionalDouble.of(Double.NaN);
        }
        return workload.deterministic() ? OptionalDouble.of(difference(own, peer)) : OptionalDouble.empty();
    }

    /**
     * The greatest difference of two series by the size of their first value: losses that come near 0 would make any
     * difference look large beside themselves.
     *
     * @param own one
     * @param peer the other, as long
     * @return the greatest |own − peer| by the first |own|
     */
    static double difference(double[] own, double[] peer) {
        double greatest = 0;
        for (int i = 0; i < own.length; i++) {
            greatest = Math.max(greatest, Math.abs(own[i] - peer[i]) / Math.abs(own[0]));
        }
        return greatest;
    }
}
