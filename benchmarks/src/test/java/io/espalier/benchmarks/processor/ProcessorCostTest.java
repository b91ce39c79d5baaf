package io.espalier.benchmarks.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The benchmark runs on a few models; what it measures is for nobody to assert. */
class ProcessorCostTest {
    @TempDir
    private Path directory;

    @Test
    void modelsOfEveryKindCompileWithoutAWord() {
        assertThat(ModelText.first(100)).isEqualTo(ModelText.first(100)).doesNotHaveDuplicates();

        Workload workload = Workload.of(16);

        assertThat(workload.withEmitted()).hasSize(32).containsKey("models/Model15Network.java");
        assertThat(workload.compileWithEmitted().written()).isEmpty();
    }

    @Test
    void tellsWhatFewModelsCost() throws IOException {
        StringWriter printed = new StringWriter();
        int status = new CommandLine(new ProcessorCost())
                .setOut(new PrintWriter(printed))
                .execute("--models", "1,2", "--rounds", "1", "--warm-up", "1", "--out", directory.toString());

        assertThat(status).as(printed.toString()).isZero();
        assertThat(printed.toString()).contains("\n| 1 | ", "\n| 2 | ").contains("From 1 to 2 models a model takes");
        assertThat(Files.readString(directory.resolve("processor.md")))
                .isEqualToNormalizingNewlines(printed.toString());
    }
}
