package io.espalier.samples.tabular;

import io.espalier.CompiledNetwork;
import io.espalier.data.CsvFormat;
import io.espalier.data.CsvTable;
import io.espalier.data.Dataset;
import io.espalier.data.TabularEncoder;
import io.espalier.data.TabularEncoding;
import io.espalier.samples.cli.Console;
import io.espalier.samples.cli.Contender;
import io.espalier.samples.cli.Measure;
import io.espalier.samples.cli.NetworkFile;
import io.espalier.samples.cli.Parts;
import io.espalier.samples.cli.Refusal;
import io.espalier.samples.cli.ResultLine;
import io.espalier.samples.cli.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line of the sample on tables: a dense network for any CSV file, of the narrowest width that its columns fit in.
 */
@Command(
        name = "tabular",
        header = "Predicts a column of a CSV file from the others.",
        description = {
            "Trains a dense network with dropout and weight decay. Numbers are standardized, and texts get an input for each"
                    + " of their categories. A fifth of the rows is held out to test, a fifth of the others to choose the"
                    + " best epoch by; which ones depends on the file alone.",
            "A column of texts, or of at most 20 different whole numbers, is told by its classes, any other by its value."
                    + " A network that was saved is judged on the rows that were held out to test, or, of another file,"
                    + " on all rows."
        })
public final class Tabular extends Sample {
    /** The width of the classifiers' output. */
    static final int MOST_CLASSES = 64;

    private static final int EPOCHS = 60;
    private static final int FEWEST_BATCHES = 50;
    private static final int LEAST_BATCH = 16;
    private static final int LARGEST_BATCH = 512;

    @Option(names = "--data", paramLabel = "FILE", required = true, description = "A CSV file, plain or gzip.")
    private @Nullable Path data;

    @Option(names = "--target", paramLabel = "COLUMN", description = "What to predict.")
    private @Nullable String target;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "${COMPLETION-CANDIDATES}: what to do, whatever the target column looks like.")
    private @Nullable Task task;

    @Option(
            names = "--exclude",
            paramLabel = "COLUMN",
            description = "A column to leave out; may be given more than once.")
    private List<String> excluded = List.of();

    @Option(names = "--no-header", description = "The file has no header line; its columns are called 1, 2 and so on.")
    private boolean noHeader;

    @Option(
            names = "--skip-lines",
            paramLabel = "N",
            description = "How many lines to pass over at the beginning of the file; ${DEFAULT-VALUE} unless given.")
    private int skippedLines;

    @Option(names = "--compare", description = "First trains the same network without any regularizer.")
    private boolean compare;

    /** What a network may be trained to tell; the names are those of the command line. */
    enum Task {
        classification,
        regression
    }

    /**
     * A run.
     *
     * @param console where to print
     */
    Tabular(Console console) {
        super(console, EPOCHS);
    }

    /**
     * Runs the program.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new Tabular(Console.terminal()).execute(arguments));
    }

    @Override
    protected List<String> trainingOptions() {
        return List.of("--target", "--task", "--exclude", "--compare");
    }

    @Override
    protected void checkUsage() {
        if (options().load() == null && target == null) {
            throw wrong("--target COLUMN says what to predict, and is missing");
        }
        if (skippedLines < 0) {
            throw wrong("--skip-lines must be at least 0, but it is " + skippedLines);
        }
    }

    @Override
    protected ResultLine run() throws IOException, Refusal {
        Path from = Objects.requireNonNull(data, "picocli requires it");
        Path file = options().load();
        return file == null ? train(from, Objects.requireNonNull(target, "checked")) : judge(from, file);
    }

    private CsvFormat format() {
        CsvFormat format = CsvFormat.standard().skipLines(skippedLines);
        return noHeader ? format.numberedColumns() : format;
    }

    private ResultLine train(Path from, String column) throws IOException, Refusal {
        CsvTable table = CsvTable.read(from, format());
        boolean classification = task == null ? table.holdsClasses(column) : task == Task.classification;
        if (classification) {
            requireFewClasses(column, table.classes(column).size());
        }
        Rows rows = classification ? Rows.stratified(table, column) : Rows.plain(table);
        TabularEncoder encoder = TabularEncoder.target(column).exclude(excluded.toArray(String[]::new));
        TabularEncoding encoding =
                (classification ? encoder.classification() : encoder.regression()).fit(rows.training());
        Sizes sizes = Sizes.of(encoding.inputSize(), classification);
        TabularReport report = new TabularReport(encoding, column, sizes);
        Parts parts = parts(rows, encoding, sizes);
        out().println(report.rows(rows));
        List<Contender> contenders = new ArrayList<>();
        if (compare) {
            contenders.add(
                    train(BARE, network(sizes.bare().apply(options().seed()), encoding), parts, report.measure()));
        }
        CompiledNetwork network = network(sizes.regularized().apply(options().seed()), encoding);
        new SavedTable(encoding, column, SavedTable.digest(from)).describe(network);
        contenders.add(train(REGULARIZED, network, parts, report.measure()));
        save(contenders.getLast());
        return told(report, contenders, parts);
    }

    private static void requireFewClasses(String column, int classes) throws Refusal {
        if (classes > MOST_CLASSES) {
            throw new Refusal("the column '" + column + "' has " + classes + " classes, and the networks tell "
                    + MOST_CLASSES + " apart; predict another column, or its value with --task regression");
        }
    }

    private Contender train(String name, CompiledNetwork network, Parts parts, Measure measure)
            throws IOException, Refusal {
        int rows = parts.trained().size();
        int batch = Math.clamp(Integer.highestOneBit(rows / FEWEST_BATCHES), LEAST_BATCH, LARGEST_BATCH);
        return train(name, network, parts, measure, trainer -> trainer.batchSize(batch));
    }

    private static CompiledNetwork network(CompiledNetwork network, TabularEncoding encoding) {
        if (encoding.isClassification()) {
            SpareOutputs.remove(network, encoding.outputs());
        }
        return network;
    }

    private ResultLine judge(Path from, Path file) throws IOException, Refusal {
        SavedTable saved = SavedTable.read(file);
        TabularEncoding encoding = saved.encoding();
        Sizes sizes = Sizes.of(encoding.inputSize(), encoding.isClassification());
        CompiledNetwork network = NetworkFile.load(file, sizes.loader());
        out().println("Loaded the regularized network from " + file + "\n");
        CsvTable table = CsvTable.read(from, encoding.columnsOf(format()));
        TabularReport report = new TabularReport(encoding, saved.target(), sizes);
        Parts parts;
        if (SavedTable.digest(from).equals(saved.data())) {
            Rows rows = encoding.isClassification() ? Rows.stratified(table, saved.target()) : Rows.plain(table);
            out().println(report.rows(rows));
            parts = parts(rows, encoding, sizes);
        } else {
            out().println(report.rows(table));
            parts = Parts.toJudge(widened(table, encoding, sizes));
        }
        return told(report, List.of(judge(REGULARIZED, network, parts, report.measure())), parts);
    }

    private static Parts parts(Rows rows, TabularEncoding encoding, Sizes sizes) throws IOException {
        return new Parts(
                widened(rows.training(), encoding, sizes),
                widened(rows.validation(), encoding, sizes),
                widened(rows.test(), encoding, sizes));
    }

    private static Dataset widened(CsvTable rows, TabularEncoding encoding, Sizes sizes) throws IOException {
        return Widened.of(encoding.dataset(rows), sizes.inputs(), encoding.isClassification() ? MOST_CLASSES : 1);
    }

    private ResultLine told(TabularReport report, List<Contender> contenders, Parts parts) {
        out().println(table(contenders));
        ResultLine line = addAll(report.started(), contenders);
        for (Contender each : contenders) {
            out().println(report.tested(each, parts, options().threads(), line));
        }
        out().print(report.baseline(parts, line));
        return line;
    }
}
