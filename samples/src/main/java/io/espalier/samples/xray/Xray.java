package io.espalier.samples.xray;

import io.espalier.CompiledNetwork;
import io.espalier.data.ClassWeights;
import io.espalier.data.Dataset;
import io.espalier.data.IdxDataset;
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
import io.espalier.train.Evaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line of the sample on chest X-rays (PneumoniaMNIST of Yang et al., "MedMNIST v2", 2023): few pictures, uneven
 * classes, and a test set that is unlike the others, so that how sure the network is matters as much as how often it is right.
 */
@Command(
        name = "xray",
        header = "Tells pneumonia from chest X-rays. Not for any use on patients.",
        description = {
            "Trains a residual network with batch norm, drop path and dropout on pictures of which three in four show"
                    + " pneumonia, the rarer class weighing more, and tells how good and how sure it is of those to test,"
                    + " and which it is least sure of."
        })
public final class Xray extends Sample {
    /** Normal, or pneumonia; the width of the networks' output. */
    static final int CLASSES = 2;

    /** Of PneumoniaMNIST. */
    static final int TRAINING_PICTURES = 4_708;

    static final int BATCH = 64;

    private static final List<String> NAMES = List.of("normal", "pneumonia");

    private static final int EPOCHS = 20;
    private static final int EVALUATION_BATCH = 256;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description =
                    "Where train-images-idx3-ubyte and train-labels-idx1-ubyte are, and the same for val and test,"
                            + " plain or with .gz.")
    private @Nullable Path data;

    @Option(names = "--compare", description = "First trains the same network without any regularizer.")
    private boolean compare;

    /**
     * A run.
     *
     * @param console where to print
     */
    Xray(Console console) {
        super(console, EPOCHS);
    }

    /**
     * Runs the program.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new Xray(Console.terminal()).execute(arguments));
    }

    @Override
    protected List<String> trainingOptions() {
        return List.of("--compare");
    }

    @Override
    protected ResultLine run() throws IOException, Refusal {
        ImageFolder folder = new ImageFolder(Objects.requireNonNull(data, "picocli requires it"));
        Path file = options().load();
        RegularizedXrayNetwork network = file == null
                ? RegularizedXrayNetwork.create(options().seed())
                : NetworkFile.load(file, RegularizedXrayNetwork::load);
        IdxDataset training = folder.read("train", CLASSES);
        PixelScale scale = file == null ? PixelScale.of(training) : PixelScale.of(network, file);
        IdxDataset test = scale.apply(folder.read("test", CLASSES));
        Parts parts = new Parts(scale.apply(training), scale.apply(folder.read("val", CLASSES)), test);
        List<Contender> contenders = contenders(network, parts, scale);
        out().println(table(contenders));
        ResultLine line = addAll(new ResultLine(), contenders);
        for (Contender each : contenders) {
            Evaluation tested = Evaluation.withRanking(
                    each.network(), test, EVALUATION_BATCH, options().threads());
            tell(each.name(), tested);
            line.add(each.name() + "_test_balanced_accuracy", tested.balancedAccuracy(), 4)
                    .add(each.name() + "_test_auc", tested.rocAuc(), 4)
                    .add(each.name() + "_test_calibration_error", tested.calibrationError(), 4);
        }
        Doubts doubts = Doubts.of(network, test, options().seed());
        out().println(doubts.told(NAMES));
        return line.add("sure_accuracy", doubts.sureAccuracy(), 4).add("unsure_accuracy", doubts.unsureAccuracy(), 4);
    }

    private List<Contender> contenders(RegularizedXrayNetwork network, Parts parts, PixelScale scale)
            throws IOException, Refusal {
        if (options().load() != null) {
            out().println("Loaded the regularized network from " + options().load() + "\n");
            return List.of(judge(REGULARIZED, network, parts, Measure.ACCURACY));
        }
        float[] weights = weights(parts.trained());
        out().printf(
                        Locale.ROOT,
                        "%,d pictures to train on, each %s one counting %.2f, each %s one %.2f.%n%n",
                        parts.trained().size(),
                        NAMES.get(0),
                        weights[0],
                        NAMES.get(1),
                        weights[1]);
        network.labelNames(NAMES);
        scale.describe(network);
        List<Contender> contenders = new ArrayList<>();
        if (compare) {
            contenders.add(trained(BARE, BareXrayNetwork.create(options().seed()), parts, weights));
        }
        contenders.add(trained(REGULARIZED, network, parts, weights));
        save(contenders.getLast());
        return contenders;
    }

    private static float[] weights(Dataset training) throws Refusal {
        try {
            return ClassWeights.balanced(training);
        } catch (IllegalArgumentException e) {
            throw new Refusal("there must be pictures of both classes to train on, " + String.join(" and ", NAMES)
                    + ", but there is only one");
        }
    }

    private Contender trained(String name, CompiledNetwork network, Parts parts, float[] weights)
            throws IOException, Refusal {
        return train(name, network, parts, Measure.ACCURACY, trainer -> trainer.batchSize(BATCH)
                .classWeights(weights));
    }

    private void tell(String name, Evaluation tested) {
        out().printf(
                        Locale.ROOT,
                        "%s, on the pictures to test: balanced accuracy %.2f %%, area under the ROC curve %.4f%n%s%n",
                        name,
                        100 * tested.balancedAccuracy(),
                        tested.rocAuc(),
                        tested.scores().table(NAMES));
        out().println(tested.reliability().table());
    }
}
