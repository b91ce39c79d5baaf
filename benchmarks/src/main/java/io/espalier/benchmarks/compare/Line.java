package io.espalier.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
 * @param ratio Espalier's time by the peer's, from the medians of each round: below 1, Espalier is faster
 * @param leastRatio the ratio of the shortest runs
 * @param lossDifference the greatest difference of the losses of the first steps, by the first loss, NaN where they must differ
 * @param load the share of the machine that others had meanwhile, NaN where it is unknown
 */
record Line(
        String workload,
        int threads,
        String peer,
        double least,
        double median,
        double peerLeast,
        double peerMedian,
        Ratio ratio,
        double leastRatio,
        double lossDifference,
        double load) {

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
            double least = Ratio.quantile(ownLeast, 0);
            double peerLeast = Ratio.quantile(peer.least(), 0);
            lines.add(new Line(
                    outcome.workload().name(),
                    outcome.threads(),
                    entry.getKey().title(),
                    least,
                    Ratio.quantile(own.medians(), 0.5),
                    peerLeast,
                    Ratio.quantile(peer.medians(), 0.5),
                    Ratio.of(own.medians(), peer.medians()),
                    least / peerLeast,
                    outcome.workload().deterministic() ? difference(own.losses(), peer.losses()) : Double.NaN,
                    outcome.load().share()));
        }
        return lines;
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
