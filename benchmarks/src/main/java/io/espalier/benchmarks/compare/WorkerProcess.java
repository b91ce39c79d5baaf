package io.espalier.benchmarks.compare;

import io.espalier.benchmarks.ChildJvm;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The coordinator's side of a {@link Worker}. */
final class WorkerProcess implements AutoCloseable {
    /** How long a worker whose input has ended may take to end. */
    private static final long SECONDS_TO_END = 10;

    private final EngineName engine;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;
    private final Path log;

    private WorkerProcess(EngineName engine, Process process, Path log) {
        this.engine = engine;
        this.process = process;
        this.log = log;
        this.answers = process.inputReader();
        this.questions = process.outputWriter();
    }

    /**
     * Starts a worker with the JVM and the class path of this process; {@link #awaitReady} says when it can be used.
     *
     * @param engine what it computes with
     * @param workload what it is to do
     * @param threads how many threads it may use
     * @param log receives what its libraries print
     * @return the worker, getting ready
     */
    static WorkerProcess start(EngineName engine, Workload workload, int threads, Path log) {
        List<String> flags = new ArrayList<>(engine.flags());
        flags.add("--enable-native-access=ALL-UNNAMED");
        List<String> args = List.of(engine.name(), workload.name(), Integer.toString(threads));
        ProcessBuilder builder =
                ChildJvm.of(flags, ChildJvm.classPath(), Worker.class, args).redirectError(log.toFile());
        builder.environment().putAll(engine.environment(threads));
        try {
            return new WorkerProcess(engine, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    EngineName engine() {
        return engine;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Waits until it is ready; returns the reason if it cannot do the work. */
    Optional<String> awaitReady() {
        String answer = read();
        return answer.equals(Worker.READY)
                ? Optional.empty()
                : Optional.of(answer.substring(Worker.UNAVAILABLE.length()).trim());
    }

    /** The results of the next runs. */
    double[] losses(int runs) {
        String[] words = ask(Worker.LOSSES, runs).split(" ", -1);
        double[] losses = new double[words.length];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = Double.parseDouble(words[i]);
        }
        return losses;
    }

    /**
     * What a worker measured.
     *
     * @param runs how many runs there were
     * @param least the shortest run, nanoseconds
     * @param median the median run, nanoseconds
     * @param compiled what the JIT compiled meanwhile, milliseconds
     */
    record Times(int runs, double least, double median, int compiled) {}

    /** Runs for so long. */
    Times time(int milliseconds) {
        String[] words = ask(Worker.TIME, milliseconds).split(" ", -1);
        return new Times(
                Integer.parseInt(words[0]),
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Integer.parseInt(words[3]));
    }

    private String ask(String question, int amount) {
        try {
            questions.write(question + " " + amount);
            questions.newLine();
            questions.flush();
        } catch (IOException e) {
            throw new IllegalStateException(failure(), e);
        }
        return read();
    }

    private String read() {
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(Worker.MARK)) {
                    return line.substring(Worker.MARK.length());
                }
            }
            throw new IllegalStateException(failure());
        } catch (IOException e) {
            throw new IllegalStateException(failure(), e);
        }
    }

    private String failure() {
        String said;
        try {
            said = Files.readString(log);
        } catch (IOException e) {
            said = e.toString();
        }
        return "The worker of " + engine.title() + " has ended. It said:\n" + said;
    }

    /** Ends it by ending its input, and by force if it hangs. */
    @Override
    public void close() {
        try {
            questions.close();
        } catch (IOException e) {
            process.destroy();
        }
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
