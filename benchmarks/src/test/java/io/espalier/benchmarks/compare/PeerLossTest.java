package io.espalier.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.espalier.benchmarks.workload.Recipe;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same training in Espalier and in PyTorch, which share no code: forward, backward, clipping and update are right in
 * both or wrong in both in the same way.
 */
class PeerLossTest {
    private static final int STEPS = 20;

    /** Whether the build brings PyTorch's natives for this platform. */
    private static final boolean NATIVES = System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");

    @TempDir
    private Path logs;

    /**
     * The tolerances: products of float32 are summed in different orders, which alone moves a logit by some 1e-6 of its
     * size. From the second step on the weights differ as well, because AdamW divides the mean gradient by its root mean
     * square: where a gradient is near 0, its rounding decides the direction of a step of the full rate. Measured on
     * x86-64 with AVX-512, the losses of W1 differ by up to 2e-7 of the first loss over these steps and those of W2 by up to 8e-7; the
     * rest of the tolerance is for other vector widths and libraries.
     */
    @ParameterizedTest(name = "{0}, batch {1}, {2} threads")
    @CsvSource({"W1, 32, 1, 1e-4", "W1, 32, 2, 1e-4", "W2, 128, 1, 1e-4"})
    void lossesAreThoseOfPyTorch(Recipe recipe, int batch, int threads, double tolerance) {
        Workload workload = new Workload.Training(recipe, batch, false);
        double[] own = losses(EngineName.ESPALIER, workload, threads);
        double[] peer = losses(EngineName.PYTORCH, workload, threads);

        assertThat(own[STEPS - 1]).as("the network learns").isLessThan(own[0]);
        assertThat(Line.difference(own, peer)).isLessThan(tolerance);
    }

    /** The sums over whole results; measured as above, they differ by up to 2e-7 of themselves. */
    @ParameterizedTest
    @CsvSource({"op-matmul-256", "op-adamw-10000", "op-cross-entropy-1000", "predict-W1-32"})
    void resultsAreThoseOfPyTorch(String name) {
        Workload workload = Workload.parse(name);
        double[] own = losses(EngineName.ESPALIER, workload, 1);
        double[] peer = losses(EngineName.PYTORCH, workload, 1);

        assertThat(Line.difference(own, peer)).isLessThan(1e-5);
    }

    private double[] losses(EngineName engine, Workload workload, int threads) {
        try (WorkerProcess worker = WorkerProcess.start(engine, workload, threads, logs.resolve("log"))) {
            Optional<String> unavailable = worker.awaitReady();
            // Where its natives are on the class path, that it cannot be loaded is a failure.
            assumeTrue(unavailable.isEmpty() || NATIVES, () -> engine.title() + " has no natives here: " + unavailable);
            assertThat(unavailable).as("why %s cannot do it", engine.title()).isEmpty();
            return worker.losses(STEPS);
        }
    }
}
