package io.espalier.benchmarks.compare;

import io.espalier.benchmarks.Spread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The process of one engine with one workload: a fresh one for each, so that no engine's compiled code, threads or memory
 * carry the marks of what it did before. It prepares the workload, says {@code ready}, or {@code unavailable} and why if
 * its engine is a peer, and then answers a line with a line:
 *
 * <ul>
 *   <li>{@code losses n}: runs n times, and answers with the n results;
 *   <li>{@code time n}: runs for n milliseconds, but at least three times, and answers with the number of runs, the least and the median time of one
 *       in nanoseconds, and the milliseconds of compilations by the JIT that ended meanwhile.
 * </ul>
 *
 * <p>It ends with its input. While it waits for a line it does nothing.
 */
public final class Worker {
    /** How an answer begins: native code may print lines of its own to the same place, which Java cannot redirect. */
    static final String MARK = "> ";

    static final String READY = "ready";
    static final String UNAVAILABLE = "unavailable";
    static final String LOSSES = "losses";
    static final String TIME = "time";

    /** Runs after which a measurement ends before its time. */
    private static final int MOST_RUNS = 1 << 16;

    /** Runs that a measurement has whatever they take, so that the median is not the longest of them. */
    private static final int LEAST_RUNS = 3;

    private final double[] times = new double[MOST_RUNS];
    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final Engine.Work work;

    private Worker(Engine.Work work) {
        this.work = work;
    }

    /**
     * Runs the worker.
     *
     * @param args the engine, the workload and the number of threads
     * @throws IOException if the coordinator cannot be heard
     */
    public static void main(String[] args) throws IOException {
        PrintStream answers = System.out;
        // Whatever a library prints goes elsewhere.
        System.setOut(System.err);
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Engine.Work work = prepare(args, answers)) {
            if (work == null) {
                return;
            }
            answers.println(MARK + READY);
            Worker worker = new Worker(work);
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                answers.println(MARK + worker.answer(line));
            }
        }
    }

    /** The work, or null if a peer cannot do it here, which it says. That Espalier cannot is a failure. */
    private static Engine.@Nullable Work prepare(String[] args, PrintStream answers) {
        EngineName engine = EngineName.valueOf(args[0]);
        try {
            return engine.create().prepare(Workload.parse(args[1]), Integer.parseInt(args[2]));
        } catch (UnsupportedOperationException | LinkageError e) {
            if (engine == EngineName.ESPALIER) {
                throw e;
            }
            answers.println(MARK + UNAVAILABLE + " " + reason(e));
            return null;
        }
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown instanceof ExceptionInInitializerError ? thrown.getCause() : thrown;
        return String.valueOf(cause).lines().findFirst().orElse("");
    }

    private String answer(String line) {
        String[] words = line.split(" ", 2);
        int amount = Integer.parseInt(words[1]);
        return switch (words[0]) {
            case LOSSES -> losses(amount);
            case TIME -> time(amount);
            default -> throw new IllegalArgumentException("The worker does not know '" + line + "'");
        };
    }

    private String losses(int runs) {
        StringJoiner answer = new StringJoiner(" ");
        for (int i = 0; i < runs; i++) {
            work.run();
            answer.add(Float.toString(work.result()));
        }
        return answer.toString();
    }

    private String time(int milliseconds) {
        long before = System.nanoTime();
        long end = before + milliseconds * 1_000_000L;
        long compiled = compiler.getTotalCompilationTime();
        int runs = 0;
        do {
            work.run();
            long now = System.nanoTime();
            times[runs++] = now - before;
            before = now;
        } while (runs < LEAST_RUNS || (before < end && runs < MOST_RUNS));
        compiled = compiler.getTotalCompilationTime() - compiled;
        double[] measured = Arrays.copyOf(times, runs);
        return runs + " " + Spread.quantile(measured, 0) + " " + Spread.quantile(measured, 0.5) + " " + compiled;
    }
}
