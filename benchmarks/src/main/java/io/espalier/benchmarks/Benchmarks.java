package io.espalier.benchmarks;

import io.espalier.benchmarks.compare.CompareCommand;
import io.espalier.benchmarks.curve.Curve;
import io.espalier.benchmarks.kernels.Kernels;
import io.espalier.benchmarks.processor.ProcessorCost;
import io.espalier.benchmarks.start.Start;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the benchmarks: a subcommand for each question. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Measures Espalier.",
        subcommands = {CompareCommand.class, Kernels.class, Curve.class, Start.class, ProcessorCost.class})
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * Runs a subcommand.
     *
     * @param args its name and options
     */
    public static void main(String[] args) {
        CommandLine commandLine = new CommandLine(new Benchmarks());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(commandLine.execute(args));
    }
}
