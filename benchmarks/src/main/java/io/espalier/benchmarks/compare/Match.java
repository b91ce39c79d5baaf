package io.espalier.benchmarks.compare;

import io.espalier.benchmarks.Load;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One workload on several engines that take turns: in each round every engine runs for a while, and the next round goes the
 * other way round, so that neither a drift of the machine's speed nor the order favours one of them. A worker that waits
 * does nothing; only one runs at a time.
 */
final class Match {
    /** Steps whose losses are compared, from the same weights on. */
    private static final int COMPARED_LOSSES = 20;

    /** A slice of the warm-up is steady if its shortest run takes at least this share of the shortest before it. */
    private static final double STEADY = 0.95;

    /** The milliseconds in a slice that the JIT may still compile: something small always comes. */
    private static final int QUIET_MILLIS = 15;

    private static final int WARM_UP_SLICE_MILLIS = 250;

    /** Slices that must be steady and quiet, one after the other: long enough for what the JIT is in the midst of. */
    private static final int STEADY_SLICES = 4;

    private final Settings settings;
    private final Consumer<String> progress;

    /**
     * How a match is played.
     *
     * @param rounds how many rounds
     * @param blockMillis how long an engine's turn lasts
     * @param mostWarmUpMillis how long an engine runs at most before it counts
     * @param directory where the workers' logs go
     */
    record Settings(int rounds, int blockMillis, int mostWarmUpMillis, Path directory) {}

    /**
     * What an engine did.
     *
     * @param losses of the first steps
     * @param steady whether its times had come to rest when the rounds began
     * @param runs how many runs each round had
     * @param least the shortest run of each round, nanoseconds
     * @param medians the median run of each round, nanoseconds
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never changed
    record Score(double[] losses, boolean steady, int[] runs, double[] least, double[] medians) {}

    /**
     * What came of it.
     *
     * @param workload what was done
     * @param threads with how many threads
     * @param scores of the engines that could do it
     * @param load what others did to the machine meanwhile
     */
    record Outcome(Workload workload, int threads, Map<EngineName, Score> scores, Load load) {}

    Match(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Plays.
     *
     * @param engines who takes part
     * @param workload what they do
     * @param threads with how many threads
     * @return what they did; engines that cannot do it are left out, which the progress says
     */
    Outcome play(List<EngineName> engines, Workload workload, int threads) {
        List<WorkerProcess> started = new ArrayList<>();
        try {
            for (EngineName engine : engines) {
                Path log = settings.directory().resolve("compare-" + engine + ".log");
                started.add(WorkerProcess.start(engine, workload, threads, log));
            }
            List<WorkerProcess> ready = new ArrayList<>();
            for (WorkerProcess worker : started) {
                Optional<String> reason = worker.awaitReady();
                if (reason.isEmpty()) {
                    ready.add(worker);
                } else {
                    progress.accept(worker.engine().title() + " is left out of " + workload.name() + " on " + threads
                            + " threads: " + reason.get());
                }
            }
            return rounds(ready, workload, threads);
        } finally {
            started.forEach(WorkerProcess::close);
        }
    }

    private Outcome rounds(List<WorkerProcess> workers, Workload workload, int threads) {
        Map<EngineName, Score> scores = new LinkedHashMap<>();
        for (WorkerProcess worker : workers) {
            double[] losses = worker.losses(COMPARED_LOSSES);
            boolean steady = warmUp(worker);
            int count = settings.rounds();
            scores.put(
                    worker.engine(), new Score(losses, steady, new int[count], new double[count], new double[count]));
        }
        List<ProcessHandle> own = Stream.concat(
                        Stream.of(ProcessHandle.current()), workers.stream().map(WorkerProcess::handle))
                .toList();
        Load load = Load.NONE;
        for (int round = 0; round < settings.rounds(); round++) {
            for (WorkerProcess worker : round % 2 == 0 ? workers : workers.reversed()) {
                Optional<Load.Counters> before = Load.read(own);
                WorkerProcess.Times times = worker.time(settings.blockMillis());
                Score score = scores.get(worker.engine());
                if (score != null) {
                    score.runs()[round] = times.runs();
                    score.least()[round] = times.least();
                    score.medians()[round] = times.median();
                }
                Optional<Load.Counters> after = Load.read(own);
                if (before.isPresent() && after.isPresent()) {
                    load = load.plus(Load.between(before.get(), after.get()));
                }
            }
        }
        return new Outcome(workload, threads, scores, load);
    }

    /** Runs until the times have come to rest; returns false if they had not when the time was up. */
    private boolean warmUp(WorkerProcess worker) {
        long end = System.nanoTime() + settings.mostWarmUpMillis() * 1_000_000L;
        double least = Double.POSITIVE_INFINITY;
        int steady = 0;
        while (steady < STEADY_SLICES && System.nanoTime() < end) {
            WorkerProcess.Times times = worker.time(WARM_UP_SLICE_MILLIS);
            boolean quiet = times.least() > STEADY * least && times.compiled() <= QUIET_MILLIS;
            steady = quiet ? steady + 1 : 0;
            least = Math.min(least, times.least());
        }
        return steady == STEADY_SLICES;
    }
}
