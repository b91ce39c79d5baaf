package io.espalier.samples.fashion;

import io.espalier.CompiledNetwork;
import io.espalier.data.Dataset;
import io.espalier.data.IdxDataset;
import io.espalier.metric.ClassificationScores;
import io.espalier.samples.cli.Console;
import io.espalier.samples.cli.Contender;
import io.espalier.samples.cli.Measure;
import io.espalier.samples.cli.NetworkFile;
import io.espalier.samples.cli.Parts;
import io.espalier.samples.cli.Refusal;
import io.espalier.samples.cli.ResultLine;
import io.espalier.samples.cli.Sample;
import io.espalier.samples.images.ImageFolder;
import io.espalier.samples.images.PixelScale;
import io.espalier.train.EarlyStopping;
import io.espalier.train.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line of the sample on Fashion-MNIST (Xiao, Rasul and Vollgraf, 2017): a dense network with dropout, label
 * smoothing, decoupled decay and clipping, and the same without.
 */
@Command(
        name = "fashion",
        header = "Tells what pictures of clothes show.",
        description = {
            "Trains a dense network with dropout, label smoothing, weight decay and clipping on Fashion-MNIST, and keeps"
                    + " the weights of the epoch that did best on pictures held out from training."
        })
public final class Fashion extends Sample {
    /** What pictures can show; the width of the networks' output. */
    static final int CLASSES = 10;

    /** Of the 60,000 of Fashion-MNIST, a twelfth being held out. */
    static final int TRAINING_PICTURES = 55_000;

    static final int BATCH = 128;

    private static final List<String> NAMES = List.of(
            "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot");

    private static final int EPOCHS = 40;
    private static final double VALIDATION = 1 / 12.0;
    private static final int PAIRS = 4;

    /** The split belongs to the data and not to a run: a saved network must never be judged on what it was trained on. */
    private static final long SPLIT_SEED = 2025;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Where train-images-idx3-ubyte and its three fellows are, plain or with .gz.")
    private @Nullable Path data;

    @Option(names = "--compare", description = "First trains the same network without any regularizer.")
    private boolean compare;

    /**
     * A run.
     *
     * @param console where to print
     */
    Fashion(Console console) {
        super(console, EPOCHS);
    }

    /**
     * Runs the program.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new Fashion(Console.terminal()).execute(arguments));
    }

    @Override
    protected List<String> trainingOptions() {
        return List.of("--compare");
    }

    @Override
    protected ResultLine run() throws IOException, Refusal {
        ImageFolder folder = new ImageFolder(Objects.requireNonNull(data, "picocli requires it"));
        Path file = options().load();
        RegularizedFashionNetwork network = file == null
                ? RegularizedFashionNetwork.create(options().seed())
                : NetworkFile.load(file, RegularizedFashionNetwork::load);
        IdxDataset training = folder.read("train", CLASSES);
        PixelScale scale = file == null ? PixelScale.of(training) : PixelScale.of(network, file);
        Dataset.Split split = scale.apply(training).stratifiedSplit(VALIDATION, SPLIT_SEED);
        IdxDataset test = scale.apply(folder.read("t10k", CLASSES));
        Parts parts = new Parts(split.train(), split.validation(), test);
        out().printf(
                        Locale.ROOT,
                        "%,d pictures to train on, %,d held out from them, %,d to test.%n%n",
                        split.train().size(),
                        split.validation().size(),
                        test.size());
        List<Contender> contenders = contenders(network, parts, scale);
        out().println(table(contenders));
        ClassificationScores scores = contenders.getLast().on("test").scores();
        out().println(scores.table(NAMES));
        out().println("Most often taken: "
                + scores.confusionMatrix().mostConfused(PAIRS).stream()
                        .map(pair -> NAMES.get(pair.expected()) + " for " + NAMES.get(pair.answer()) + " ("
                                + pair.count() + ")")
                        .collect(Collectors.joining(", ")));
        return addAll(new ResultLine(), contenders);
    }

    private List<Contender> contenders(RegularizedFashionNetwork network, Parts parts, PixelScale scale)
            throws IOException, Refusal {
        if (options().load() != null) {
            out().println("Loaded the regularized network from " + options().load() + "\n");
            return List.of(judge(REGULARIZED, network, parts, Measure.ACCURACY));
        }
        network.labelNames(NAMES);
        scale.describe(network);
        List<Contender> contenders = new ArrayList<>();
        if (compare) {
            contenders.add(trained(BARE, BareFashionNetwork.create(options().seed()), parts));
        }
        contenders.add(trained(REGULARIZED, network, parts));
        save(contenders.getLast());
        return contenders;
    }

    /** Accuracy is what the network is for, and by it the best epoch is chosen: the loss is least long before. */
    private Contender trained(String name, CompiledNetwork network, Parts parts) throws IOException, Refusal {
        return train(name, network, parts, Measure.ACCURACY, trainer -> trainer.batchSize(BATCH)
                .earlyStopping(EarlyStopping.patience(options().epochs()).on(Metric.ACCURACY)));
    }
}
