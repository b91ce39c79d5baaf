package io.espalier.samples.languages;

import io.espalier.samples.cli.Console;
import io.espalier.samples.cli.Contender;
import io.espalier.samples.cli.Measure;
import io.espalier.samples.cli.Parts;
import io.espalier.samples.cli.Refusal;
import io.espalier.samples.cli.ResultLine;
import io.espalier.samples.cli.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * The command line of the main sample: trains the same network bare and regularized to tell the language of a name, compares
 * the two, and asks the better one about names.
 */
@Command(
        name = "languages",
        header = "Tells the language of a name.",
        description = {
            "Trains a network twice, bare and regularized, on the names of countries, languages and currencies that this"
                    + " JDK knows in " + Names.LANGUAGES + " languages, and compares the two on things that neither has"
                    + " been told the names of. Then the regularized one is asked about names."
        })
public final class Languages extends Sample {
    static final int BATCH = 128;

    private static final int EPOCHS = 12;
    private static final int SHOWN_NAMES = 10;
    /** Stands for the characters of an argument that the JVM could not decode. */
    private static final int REPLACEMENT = 0xfffd;

    private final Supplier<LanguageData> reader;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Names to tell the language of.")
    private List<String> names = List.of();

    /**
     * A run.
     *
     * @param console where to print
     * @param reader reads the names; throws an IllegalStateException if the JDK has too few
     */
    Languages(Console console, Supplier<LanguageData> reader) {
        super(console, EPOCHS);
        this.reader = reader;
    }

    /**
     * Runs the program.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        Languages run = new Languages(Console.terminal(), () -> LanguageData.of(Names.ofThisJdk()));
        System.exit(run.execute(arguments));
    }

    @Override
    protected ResultLine run() throws IOException, Refusal {
        LanguageData data;
        RegularizedLanguagesNetwork network;
        Path file = options().load();
        try {
            data = reader.get();
            network = file == null
                    ? RegularizedLanguagesNetwork.create(options().seed())
                    : LanguagesFile.load(file, data.languages());
        } catch (IllegalStateException e) {
            throw new Refusal(e);
        }
        Report report = new Report(data);
        out().println(report.dataSet());
        List<Contender> contenders = contenders(network, data);
        Contender asked = contenders.getLast();
        out().println(table(contenders));
        out().println(report.mistakes(asked));
        LanguageTeller teller = new LanguageTeller(network.predictor());
        out().println("Held-out names, what they are, and what " + asked.name() + " takes them for:");
        data.split().drawn(SHOWN_NAMES, options().seed()).forEach(name -> out().print(report.told(teller, name)));
        if (!names.isEmpty()) {
            out().println("\nYour names:");
            names.forEach(name -> out().print(report.told(teller, name)));
        }
        return result(data, contenders);
    }

    private List<Contender> contenders(RegularizedLanguagesNetwork network, LanguageData data)
            throws IOException, Refusal {
        Parts parts = new Parts(data.training(), data.validation(), null);
        if (options().load() != null) {
            out().println("Loaded the regularized network from " + options().load() + "\n");
            return List.of(judge(REGULARIZED, network, parts, Measure.ACCURACY));
        }
        LanguagesFile.describe(network, data.languages());
        BareLanguagesNetwork bare = BareLanguagesNetwork.create(options().seed());
        Contender first = train(BARE, bare, parts, Measure.ACCURACY, trainer -> trainer.batchSize(BATCH));
        Contender second = train(REGULARIZED, network, parts, Measure.ACCURACY, trainer -> trainer.batchSize(BATCH));
        save(second);
        return List.of(first, second);
    }

    private ResultLine result(LanguageData data, List<Contender> contenders) {
        ResultLine line = new ResultLine()
                .add("languages", data.languages().size())
                .add("names", data.split().names())
                .add("training", data.training().size())
                .add("validation", data.validation().size());
        addAll(line, contenders);
        contenders.forEach(each -> line.add(
                each.name() + "_macro_f1", each.on("validation").scores().macroF1(), 4));
        return line;
    }

    @Override
    protected void checkUsage() {
        for (String name : names) {
            if (name.indexOf(REPLACEMENT) >= 0) {
                throw wrong(
                        "the name '" + name + "' was not readable in the character set that the JVM was started with ("
                                + System.getProperty("sun.jnu.encoding")
                                + "); set LC_ALL=C.UTF-8 or another locale with UTF-8");
            }
            if (Text.normalize(name).isEmpty()) {
                throw wrong("the name '" + name + "' has no letter to tell a language by");
            }
        }
    }
}
