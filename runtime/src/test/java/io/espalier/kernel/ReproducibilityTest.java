package io.espalier.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Same bits at every vector width, where that is promised, and in the interpreter and the compiler everywhere. */
class ReproducibilityTest {

    private static final String MODULE = "--add-modules=jdk.incubator.vector";

    /** Compiles after a fiftieth of the usual number of runs, waits for it, and says what was compiled. */
    private static final List<String> COMPILE_SOON =
            List.of(MODULE, "-Xbatch", "-XX:CompileThresholdScaling=0.02", "-XX:+PrintCompilation");

    /** A line about a method of the kernels that the optimizing compiler, level 4, has compiled. */
    private static final Pattern COMPILATION = Pattern.compile(" 4 +io\\.espalier\\.kernel\\.(\\w+)::");

    /** Kernels whose compiled form must have run. */
    private static final List<String> KERNELS = List.of(
            "AdamUpdate",
            "BatchStatistics",
            "ColumnSums",
            "DropoutMask",
            "Exponentials",
            "NormalDraws",
            "RmsPropUpdate",
            "RowStatistics",
            "SgdUpdate",
            "ShortProductTiles",
            "Softmax",
            "SoftmaxCrossEntropy",
            "SquaredNorm",
            "UnitNorms",
            "WeightGradient");

    /** The digests of each virtual machine by its options. */
    private static final List<Map<String, String>> COMPILED = new ArrayList<>();

    private static Map<String, String> interpreted = Map.of();

    @BeforeAll
    static void runEverywhere() throws Exception {
        for (int bytes : new int[] {64, 32, 16}) {
            List<String> options = new ArrayList<>(COMPILE_SOON);
            options.add("-XX:MaxVectorSize=" + bytes);
            String output = run(options, "warm");
            assertThat(COMPILATION.matcher(output).results().map(match -> match.group(1)))
                    .as("compiled for %d bytes", bytes)
                    .containsAll(KERNELS);
            COMPILED.add(digests(output));
        }
        interpreted = digests(run(List.of(MODULE, "-Xint"), "cold"));
    }

    private static String run(List<String> options, String argument) throws Exception {
        ChildProcess.Result result = ChildProcess.run(options, KernelDigests.class, argument);
        assertThat(result.status()).as(result.output()).isZero();
        return result.output();
    }

    private static Map<String, String> digests(String output) {
        return output.lines()
                .filter(line -> line.matches("[a-z]+=[0-9a-f]+"))
                .map(line -> line.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static List<String> distinct(Function<Map<String, String>, String> value) {
        List<Map<String, String>> all = new ArrayList<>(COMPILED);
        all.add(interpreted);
        return all.stream().map(value).distinct().toList();
    }

    @Test
    void masksAreTheSameAtEveryWidth() {
        assertThat(distinct(digests -> digests.get("masks"))).hasSize(1).doesNotContainNull();
    }

    @Test
    void productsAndColumnStatisticsAreTheSameAtEveryWidth() {
        assertThat(distinct(digests -> digests.get("products"))).hasSize(1).doesNotContainNull();
    }

    @Test
    void compilationChangesNothing() {
        for (Map<String, String> digests : COMPILED) {
            assertThat(digests.get("warm"))
                    .as("%s lanes", digests.get("lanes"))
                    .isNotNull()
                    .isEqualTo(digests.get("cold"));
        }
    }

    @Test
    void theInterpreterAgreesWithTheCompiler() {
        Map<String, String> compiled = COMPILED.stream()
                .filter(digests -> digests.get("lanes").equals(interpreted.get("lanes")))
                .findFirst()
                .orElseThrow();
        assertThat(interpreted.get("cold")).isEqualTo(compiled.get("warm"));
    }
}
