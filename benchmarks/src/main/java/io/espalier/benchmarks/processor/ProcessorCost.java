package io.espalier.benchmarks.processor;

import io.espalier.benchmarks.Load;
import io.espalier.benchmarks.Positive;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compilations of few and of many models, with the processor and without it, turn by turn in one warm compiler. */
@Command(
        name = "processor",
        mixinStandardHelpOptions = true,
        description = "Times the annotation processor, beside the compiler itself, on few and on many models.")
public final class ProcessorCost implements Callable<Integer> {
    private static final int WARM_UP = 100;

    private static final String WHAT =
            "Times and allocation are those of one model, the median over turns (and the tenth that was"
                    + " faster, and that was slower). \"processor\": in init and process of all rounds, with what they ask the"
                    + " compiler and with writing. \"by javac for the emitted\": divided by what the emitted classes add to a"
                    + " compilation without processors. \"live heap\": the most at a time, all models together.";

    @Option(
            names = "--models",
            split = ",",
            defaultValue = "10,100,400",
            converter = Positive.class,
            description = "how many models a compilation has (${DEFAULT-VALUE})")
    private List<Integer> counts = List.of();

    @Option(
            names = "--rounds",
            defaultValue = "7",
            converter = Positive.class,
            description = "compilations of each kind (${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "1000",
            converter = Positive.class,
            description = "how many models are compiled before anything is timed (${DEFAULT-VALUE})")
    private int warmUp;

    @Option(names = "--out", defaultValue = "target", description = "where processor.md goes (${DEFAULT-VALUE})")
    private Path directory = Path.of("target");

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Workload warm = Workload.of(Math.min(WARM_UP, warmUp));
        for (int done = 0; done < warmUp; done += warm.models()) {
            new Cost(warm, 1).measure(0);
        }
        List<Cost> costs = counts.stream()
                .map(count -> new Cost(Workload.of(count), rounds))
                .toList();
        Optional<Load.Counters> before = Load.read(List.of(ProcessHandle.current()));
        for (int round = 0; round < rounds; round++) {
            for (Cost cost : costs) {
                cost.measure(round);
            }
        }
        Optional<Load.Counters> after = Load.read(List.of(ProcessHandle.current()));
        for (Cost cost : costs) {
            cost.measureHeap();
        }
        List<String> lines = new ArrayList<>(List.of(WHAT, "", Cost.HEAD));
        costs.forEach(cost -> lines.add(cost.row()));
        lines.add("");
        lines.add(growth(costs.getFirst(), costs.getLast()));
        before.ifPresent(start -> after.ifPresent(end -> lines.add(String.format(
                Locale.ROOT,
                "- Others had %.0f %% of the processors meanwhile.",
                100 * Load.between(start, end).share()))));
        lines.forEach(out::println);
        out.flush();
        Files.createDirectories(directory);
        Files.write(directory.resolve("processor.md"), lines);
        return 0;
    }

    private static String growth(Cost first, Cost last) {
        return String.format(
                Locale.ROOT,
                "- From %d to %d models a model takes the processor %.2f times the time.",
                first.models(),
                last.models(),
                last.processorMillis() / first.processorMillis());
    }
}
