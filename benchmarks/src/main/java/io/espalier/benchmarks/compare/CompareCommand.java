package io.espalier.benchmarks.compare;

import io.espalier.benchmarks.Positive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Espalier beside other engines, on the same work. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Trains the same networks on the same data in Espalier and in other engines, which take turns.")
public final class CompareCommand implements Callable<Integer> {
    @Option(
            names = "--workloads",
            split = ",",
            description = "What to do, by name and batch size (default: ${DEFAULT-VALUE}).")
    private List<String> workloads = List.of(
            "W1-32",
            "W1-128",
            "W1-512",
            "W2-128",
            "predict-W1-1",
            "predict-W1-32",
            "op-matmul-256",
            "op-matmul-512",
            "op-matmul-1024",
            "op-dropout-16777216",
            "op-dropout-both-16384",
            "op-adamw-10000000",
            "op-cross-entropy-1000");

    @Option(names = "--threads", split = ",", converter = Positive.class, description = "Default: ${DEFAULT-VALUE}.")
    private List<Integer> threads = List.of(1, 2);

    @Option(names = "--peers", split = ",", description = "Default: ${DEFAULT-VALUE}.")
    private List<EngineName> peers = List.of(EngineName.PYTORCH, EngineName.DL4J);

    @Option(
            names = "--dropout",
            split = ",",
            description = "Whether networks train with their dropouts (default: ${DEFAULT-VALUE}).")
    private List<Dropout> dropout = List.of(Dropout.ON, Dropout.OFF);

    @Option(
            names = "--rounds",
            converter = Positive.class,
            description = "Turns of each engine (default: ${DEFAULT-VALUE}).")
    private int rounds = 8;

    @Option(names = "--seconds", description = "How long a turn lasts (default: ${DEFAULT-VALUE}).")
    private double seconds = 0.15;

    @Option(
            names = "--warm-up",
            description = "Seconds that an engine runs at most before it counts (default: ${DEFAULT-VALUE}).")
    private double warmUp = 4;

    @Option(names = "--out", description = "Where the tables go (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("target");

    private enum Dropout {
        ON,
        OFF
    }

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(directory);
        Match match = new Match(
                new Match.Settings(rounds, (int) (1000 * seconds), (int) (1000 * warmUp), directory),
                System.err::println);
        List<EngineName> engines = new ArrayList<>(peers);
        engines.addFirst(EngineName.ESPALIER);
        List<Line> lines = new ArrayList<>();
        for (Workload workload : chosen()) {
            for (int count : threads) {
                if (count > 1 && !workload.threaded()) {
                    continue;
                }
                System.err.println(workload.name() + ", threads: " + count);
                lines.addAll(Line.of(match.play(engines, workload, count)));
                // Written after each match, so that what was measured is kept when the run is ended early.
                Report report = new Report(lines);
                Files.writeString(directory.resolve("compare.tsv"), report.tsv());
                Files.writeString(directory.resolve("compare.md"), report.markdown());
            }
        }
        System.out.print(new Report(lines).markdown());
        return 0;
    }

    private List<Workload> chosen() {
        List<Workload> chosen = new ArrayList<>();
        for (String name : workloads) {
            switch (Workload.parse(name)) {
                case Workload.Training training -> {
                    for (Dropout wanted : dropout) {
                        chosen.add(new Workload.Training(training.recipe(), training.batch(), wanted == Dropout.ON));
                    }
                }
                case Workload.Prediction prediction -> chosen.add(prediction);
                case Workload.Raw raw -> chosen.add(raw);
            }
        }
        return chosen;
    }
}
