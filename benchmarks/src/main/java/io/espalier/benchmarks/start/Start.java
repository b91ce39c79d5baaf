package io.espalier.benchmarks.start;

import io.espalier.benchmarks.ChildJvm;
import io.espalier.benchmarks.Positive;
import io.espalier.benchmarks.workload.Recipe;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Processes that load a network and predict, timed from outside; and the memory that they and a training one hold. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Times processes from their start to the first prediction, and shows their memory.")
public final class Start implements Callable<Integer> {
    private static final String ROW = "| %s | %s | %s | %.0f | %.0f |";

    /** How the line begins that says the answer: the virtual machine may print warnings of its own before it. */
    static final String ANSWER = "answer ";

    /** Some seconds of training: all that is going to be compiled is. */
    private static final String STEPS = "10000";

    @Option(
            names = "--runs",
            defaultValue = "10",
            converter = Positive.class,
            description = "processes of each kind (${DEFAULT-VALUE})")
    private int runs;

    @Option(
            names = "--out",
            defaultValue = "target",
            description = "where start.md and its files go (${DEFAULT-VALUE})")
    private Path directory = Path.of("target");

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    /** What one process took: nanoseconds to its answer, 0 if there was none, and its memory. */
    private record Outcome(long nanos, Memory memory) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path weights = directory.resolve("start.safetensors");
        Recipe.W1.network(true).save(weights);
        List<String> lines = new ArrayList<>();
        lines.add("| process | shortest [ms] | median [ms] | resident [MB] | peak [MB] |");
        lines.add("| --- | --- | --- | --- | --- |");
        lines.add(times("Java that does nothing", List.of(), Nothing.class, List.of()));
        List<String> args = List.of(weights.toString());
        lines.add(times("first prediction", List.of(), FirstPrediction.class, args));
        Path cache = directory.resolve("start.aot");
        outcome(List.of("-XX:AOTCacheOutput=" + cache), FirstPrediction.class, args);
        // Without the mode, a cache that does not fit is left aside in silence.
        List<String> cached = List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on");
        lines.add(times("first prediction, cache of classes", cached, FirstPrediction.class, args));
        List<String> serial = new ArrayList<>(cached);
        serial.add("-XX:+UseSerialGC");
        lines.add(times("first prediction, cache, serial collector", serial, FirstPrediction.class, args));
        lines.add(memory("training, batch of 128", List.of()));
        lines.add(memory("training, serial collector, -Xmx64m", List.of("-XX:+UseSerialGC", "-Xmx64m")));
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
        Files.write(directory.resolve("start.md"), lines);
        return 0;
    }

    private String times(String name, List<String> flags, Class<?> main, List<String> args)
            throws IOException, InterruptedException {
        long[] nanos = new long[runs];
        Memory memory = new Memory(0, 0);
        for (int run = 0; run < runs; run++) {
            Outcome outcome = outcome(flags, main, args);
            if (outcome.nanos() == 0) {
                throw new IllegalStateException(main.getSimpleName() + " ended without an answer");
            }
            nanos[run] = outcome.nanos();
            memory = outcome.memory();
        }
        Arrays.sort(nanos);
        return String.format(
                Locale.ROOT,
                ROW,
                name,
                Math.round(nanos[0] / 1e6),
                Math.round(nanos[runs / 2] / 1e6),
                memory.resident() / 1e6,
                memory.peak() / 1e6);
    }

    private static String memory(String name, List<String> flags) throws IOException, InterruptedException {
        Memory memory = outcome(flags, Training.class, List.of(STEPS)).memory();
        return String.format(Locale.ROOT, ROW, name, "", "", memory.resident() / 1e6, memory.peak() / 1e6);
    }

    private static Outcome outcome(List<String> flags, Class<?> main, List<String> args)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = ChildJvm.of(flags, archives(), main, args)
                .redirectErrorStream(true)
                .start();
        long nanos = 0;
        Memory memory = new Memory(0, 0);
        List<String> printed = new ArrayList<>();
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (nanos == 0 && line.startsWith(ANSWER)) {
                    nanos = System.nanoTime() - begin;
                }
                if (Memory.isLine(line)) {
                    memory = Memory.ofLine(line);
                }
                printed.add(line);
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("A process failed: " + String.join("\n", printed));
        }
        return new Outcome(nanos, memory);
    }

    /** The class path with archives in place of directories, as a cache of classes asks for. */
    private static String archives() throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : ChildJvm.classPath().split(File.pathSeparator, -1)) {
            entries.add(Files.isDirectory(Path.of(entry)) ? archive(Path.of(entry)) : entry);
        }
        return String.join(File.pathSeparator, entries);
    }

    /** The archive that a module's build made of {@code target/classes}, by the name of the module's artifact. */
    private static String archive(Path classes) throws IOException {
        Path target = classes.resolve("..").toRealPath();
        Path module = target.resolve("..").toRealPath();
        Pattern name = Pattern.compile("espalier-" + module.getFileName() + "-[0-9.]+(-SNAPSHOT)?\\.jar");
        try (Stream<Path> built = Files.list(target)) {
            return built.filter(
                            file -> name.matcher(file.getFileName().toString()).matches())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("There is no " + name + " in " + target
                            + "; a cache of classes needs archives: package the modules first"))
                    .toString();
        }
    }
}
