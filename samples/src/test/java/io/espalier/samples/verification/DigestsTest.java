package io.espalier.samples.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.espalier.CompiledNetwork;
import io.espalier.samples.verification.DigestLines.Comparison;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all networks compute is, bit by bit, what it was; and what some do, however they are trained, is so on two threads. */
class DigestsTest {
    private static final String WRITE = "espalier.digests.write";
    private static final String COMPARE = "espalier.digests.compare";

    private static final int[] WIDTHS = {16, 32, 64};

    @TempDir
    private Path directory;

    @Test
    void theBitsAreThoseOfBefore() throws IOException, InterruptedException {
        String write = System.getProperty(WRITE);
        String compare = System.getProperty(COMPARE);
        assumeTrue(
                write != null || compare != null,
                () -> "digests of all networks take minutes; -D" + WRITE + "=FILE writes them, -D" + COMPARE
                        + "=FILE compares them with those of a file that the same machine wrote");
        SortedMap<String, String> before = compare == null ? new TreeMap<>() : DigestLines.read(file(compare));
        SortedMap<String, String> now = everyWidth();
        DigestLines.of(DigestLines.SKIPPED, now).forEach(System.out::println);
        assertThat(DigestLines.of(DigestLines.DIVIDED, now)).isEmpty();
        if (write != null) {
            DigestLines.write(now, file(write));
            System.out.println(now.size() + " lines are in " + file(write));
        }
        if (compare != null) {
            Comparison comparison = Comparison.of(before, now);
            if (!comparison.same()) {
                fail(comparison.toString());
            }
            System.out.println(comparison);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                CombinationModels_LabelsNetwork.class,
                LossModels_ValuesNetwork.class,
                MonteCarloModels_DeepNetwork.class
            })
    void anyTrainingGivesTheSameBits(Class<? extends CompiledNetwork> type) {
        KnownNetwork network = new KnownNetwork(type);
        Map<String, String> digests = Digests.of("any", network, 37);
        assertThat(digests).hasSize(network.hasMonteCarlo() ? 5 : 4).isEqualTo(Digests.of("any", network, 37));
        assertThat(digests.values())
                .noneMatch(value -> value.startsWith(DigestLines.SKIPPED))
                .noneMatch(value -> value.startsWith(DigestLines.DIVIDED));
    }

    @Test
    void aChangedOrAMissingLineIsNoSuccessAndANewOneIs() {
        SortedMap<String, String> before = new TreeMap<>(Map.of(
                "16 A 0002 PLAIN",
                "a",
                "16 A 0037 PLAIN",
                "b",
                "16 B 0002 PLAIN",
                DigestLines.SKIPPED,
                "64 A 0002 PLAIN",
                "c"));
        SortedMap<String, String> now = new TreeMap<>(before);
        now.keySet().removeIf(key -> key.startsWith("64"));
        now.put("32 A 0002 PLAIN", "d");
        assertThat(Comparison.of(before, now).same())
                .as("the same at the width in common")
                .isTrue();
        assertThat(Comparison.of(before, now).added()).isEmpty();
        now.put("16 B 0002 PLAIN", "e");
        now.put("16 C 0002 PLAIN", "f");
        Comparison more = Comparison.of(before, now);
        assertThat(more.same()).isTrue();
        assertThat(more.added()).containsExactly("16 B 0002 PLAIN: e", "16 C 0002 PLAIN: f");
        now.put("16 A 0037 PLAIN", "g");
        Comparison other = Comparison.of(before, now);
        assertThat(other.same()).isFalse();
        assertThat(other.toString())
                .startsWith("with vectors of 16 bytes, 1 lines are the same; of 32, 64 bytes, there is nothing")
                .contains("1 differ:\n16 A 0037 PLAIN\n  was b\n  is  g");
        now.remove("16 A 0037 PLAIN");
        Comparison fewer = Comparison.of(before, now);
        assertThat(fewer.same()).isFalse();
        assertThat(fewer.missing()).containsExactly("16 A 0037 PLAIN: b");
        assertThat(Comparison.of(before, new TreeMap<>()).same())
                .as("nothing in common")
                .isFalse();
    }

    /** A relative path is the project's, not the module's: that is where Maven is called. */
    private static Path file(String path) {
        return Path.of(System.getProperty("espalier.root", "")).resolve(path).toAbsolutePath();
    }

    /** The digests at each width that the machine has, computed in a process for each. */
    private SortedMap<String, String> everyWidth() throws IOException, InterruptedException {
        SortedMap<String, String> lines = new TreeMap<>();
        for (int width : WIDTHS) {
            Path file = directory.resolve(width + ".txt");
            int status = run(width, file);
            if (status == Digests.NO_SUCH_WIDTH) {
                System.out.println("the machine has no vectors of " + width + " bytes");
            } else {
                assertThat(status).as("exit status at %d bytes", width).isZero();
                lines.putAll(DigestLines.read(file));
            }
        }
        return lines;
    }

    private static int run(int width, Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-XX:MaxVectorSize=" + width,
                        "-XX:+UseSerialGC",
                        "-Xmx2g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Digests.class.getName(),
                        Integer.toString(width),
                        file.toString()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(System.out::println);
        }
        return process.waitFor();
    }
}
