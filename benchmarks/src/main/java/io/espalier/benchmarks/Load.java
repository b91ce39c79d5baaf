package io.espalier.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How much of the machine others took during a span of time: what all processors did, as {@code /proc/stat} counts it, minus
 * what our own processes did. Counted in ticks of 10 ms, so that short spans are to be added up; the others' ticks of one
 * may come out below 0.
 *
 * @param total processor time that passed, in ticks
 * @param others processor time that processes of others took
 * @param stolen processor time that the host gave to other machines
 */
public record Load(double total, double others, double stolen) {
    private static final Path STAT = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100;

    /** Nothing yet. */
    public static final Load NONE = new Load(0, 0, 0);

    /**
     * Counters at a moment.
     *
     * @param total all ticks so far
     * @param busy ticks in which a processor worked
     * @param stolen ticks that the host took
     * @param own ticks of our processes
     */
    public record Counters(double total, double busy, double stolen, double own) {}

    /**
     * Reads the counters.
     *
     * @param own our processes
     * @return nothing where the system does not tell
     */
    public static Optional<Counters> read(List<ProcessHandle> own) {
        if (!Files.isReadable(STAT)) {
            return Optional.empty();
        }
        double ticks = 0;
        for (ProcessHandle process : own) {
            ticks += process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() * 1e-9 * TICKS_PER_SECOND;
        }
        try (var lines = Files.lines(STAT)) {
            return Optional.of(parse(lines.findFirst().orElse(""), ticks));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads the line of all processors: user, nice, system, idle, iowait, irq, softirq, steal.
     *
     * @param line the first one of {@code /proc/stat}
     * @param own ticks of our processes
     * @return the counters
     * @throws IllegalArgumentException if it is not such a line
     */
    public static Counters parse(String line, double own) {
        String[] fields = line.trim().split("\\s+", -1);
        if (fields.length < 9 || !fields[0].equals("cpu")) {
            throw new IllegalArgumentException("This is no line of all processors: " + line);
        }
        double total = 0;
        for (int i = 1; i <= 8; i++) {
            total += Double.parseDouble(fields[i]);
        }
        double idle = Double.parseDouble(fields[4]) + Double.parseDouble(fields[5]);
        double stolen = Double.parseDouble(fields[8]);
        return new Counters(total, total - idle - stolen, stolen, own);
    }

    /** {@return what happened between two moments} */
    public static Load between(Counters start, Counters end) {
        double others = (end.busy - start.busy) - (end.own - start.own);
        return new Load(end.total - start.total, others, end.stolen - start.stolen);
    }

    /** {@return both spans together} */
    public Load plus(Load other) {
        return new Load(total + other.total, others + other.others, stolen + other.stolen);
    }

    /** {@return the share of the machine that others had, 0 to 1; NaN where it is unknown} */
    public double share() {
        return (Math.max(0, others) + stolen) / total;
    }
}
